import type { TaskComplexity, TaskKind } from './task-facts.ts';

/** Words that speak for a kind of task, in lower case and singular; two words count when they stand side by side. */
export const kindWords: Readonly<Record<Exclude<TaskKind, 'other'>, readonly string[]>> = {
  frontend: listOf(`
    page, website, site, homepage, html, css, stylesheet, ui, browser, layout, responsive, button, form,
    menu, navbar, navigation, header, footer, modal, dropdown, tooltip, icon, gallery, carousel,
    animation, colour, color, font, dark mode, component, accessibility, react, vue, svelte, angular,
    frontend, front end, checkbox, dialog, canvas, screen
  `),
  backend: listOf(`
    api, rest, graphql, endpoint, server, backend, back end, middleware, handler, controller, service,
    microservice, webhook, websocket, queue, worker, cache, request, response, route, authentication,
    authorization, oauth, jwt, session, token, rate limit, express, fastify, http, grpc, payment, email,
    password
  `),
  data: listOf(`
    database, sql, postgres, sqlite, mysql, schema, table, column, row, query, migration, csv, parquet,
    spreadsheet, dataset, etl, record, duplicate, aggregate, analytics, pandas, average, statistic,
    warehouse, report, histogram, chart, data
  `),
  docs: listOf(`
    readme, documentation, docs, document, tutorial, guide, manual, changelog, faq, glossary, docstring,
    comment, spelling, typo, paragraph, chapter, wording, how to, explain
  `),
  ops: listOf(`
    deploy, deployment, docker, dockerfile, container, kubernetes, helm, cluster, terraform, ci, github
    action, pipeline, workflow, nginx, monitoring, alert, backup, cron, staging, production,
    infrastructure, rollback, systemd, prometheus, release
  `),
};

/** Words that speak for much or for little work. */
export const complexityWords: Readonly<Record<Exclude<TaskComplexity, 'medium'>, readonly string[]>> = {
  high: listOf(`
    architecture, refactor, rewrite, redesign, migrate, migration, distributed, concurrent, concurrency,
    real time, authentication, authorization, oauth, payment, encryption, security, scalable,
    performance, integrate, integration, multi tenant, multi, entire, whole, every, fault tolerant,
    transaction, synchronise, synchronize, conflict, rollback, zero downtime, microservice, kubernetes,
    pipeline, permission, complex, offline, across, plugin
  `),
  low: listOf(`
    typo, rename, spelling, small, simple, tiny, single, one, minor, quick, just, only, colour, color,
    font, label, wording, comment, link, title, button, bump, hello world, sentence, paragraph, icon,
    basic, remove, short
  `),
};

function listOf(words: string): readonly string[] {
  return words.split(',').map((word) => word.trim());
}
