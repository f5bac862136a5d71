import { z } from 'zod';

/** Who acts: the manager plans and reviews, the supervisor stages and audits, the employee builds. */
export const agentRoleSchema = z.enum(['manager', 'supervisor', 'employee']);

export type AgentRole = z.infer<typeof agentRoleSchema>;
