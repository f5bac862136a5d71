/** Whether a call only looks whether the server is there. */
export function isProbe({ role }: { readonly role: string }): boolean {
  return role === 'connectivity';
}
