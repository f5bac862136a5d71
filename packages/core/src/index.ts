// errors
export { hasErrorCode, isJarvisError, JarvisError } from './errors/jarvis-error.ts';
export type { JarvisErrorOptions } from './errors/jarvis-error.ts';
export { nearestWord } from './errors/nearest-word.ts';
export { serializeError } from './errors/serialize-error.ts';
export type { SerializedError } from './errors/serialize-error.ts';

// vocabulary
export { agentRoleSchema } from './vocabulary/agent-role.ts';
export type { AgentRole } from './vocabulary/agent-role.ts';
export { findingSchema, findingSeveritySchema } from './vocabulary/finding.ts';
export type { Finding, FindingSeverity } from './vocabulary/finding.ts';
export { isValidId } from './vocabulary/ids.ts';
export { runStatusSchema } from './vocabulary/run-outcome.ts';
export type { RunStatus } from './vocabulary/run-outcome.ts';
export { stageBriefSchema } from './vocabulary/stage-brief.ts';
export type { StageBrief } from './vocabulary/stage-brief.ts';

// configuration
export type { ConfigLayer } from './config/choose-value.ts';
export { InvalidConfigError, isInvalidConfigError } from './config/config-errors.ts';
export type { ConfigProblem } from './config/config-errors.ts';
export { configJsonSchema } from './config/config-json-schema.ts';
export { configSchema, defaultConfig, modeNames } from './config/config-schema.ts';
export type { Config, ConfigInput, ModeName } from './config/config-schema.ts';
export { mergeConfig } from './config/merge-config.ts';
export type { MergedConfig } from './config/merge-config.ts';
export { parseConfig } from './config/parse-config.ts';

// gates
export type { GateCondition, GateFacts } from './gates/condition.ts';
export { decideGate } from './gates/decide-gate.ts';
export type { DecidedGate, DecisionOutcome } from './gates/decide-gate.ts';
export { decisionIdOf } from './gates/decision-id.ts';
export { evolveGates } from './gates/evolve-gates.ts';
export { expireGate } from './gates/expire-gate.ts';
export type { ExpiredGate } from './gates/expire-gate.ts';
export { gateDecisionSchema, gateRecordSchemas, gateStatus, waitingStep } from './gates/gate.ts';
export type {
  CountedDecision,
  Gate,
  GateDecision,
  GateRecord,
  GateStatus,
  WaitingStep,
} from './gates/gate.ts';
export { gateRulesAt, gateRulesSchema } from './gates/gate-rule.ts';
export type {
  ApproverStep,
  AutoApproval,
  GatePlace,
  GatePolicy,
  GateRule,
  OnDeadline,
  Seat,
} from './gates/gate-rule.ts';
export { hashSubject, openGate } from './gates/open-gate.ts';
export type { GateRequest, OpenedGate } from './gates/open-gate.ts';
export { renderSeat } from './gates/render-seat.ts';

// sessions
export { foldSession } from './sessions/fold-session.ts';
export type { Session, SessionEntry } from './sessions/fold-session.ts';
export type { RunSummary } from './sessions/run-summary.ts';
export { foldWhiteSpace, tellingWords } from './text/index.ts';
export { selectSessionContext } from './sessions/select-session-context.ts';
export type { SessionContext, SessionContextRequest } from './sessions/select-session-context.ts';

// context
export type { Clock } from './context/clock.ts';
export { crashPlaces, noCrashPoint } from './context/crash-point.ts';
export type { CrashPlace, CrashPoint } from './context/crash-point.ts';
export type { IdSource } from './context/id-source.ts';
export { guardedLlm } from './context/run-context.ts';
export type { ModelCallPolicies, RunContext } from './context/run-context.ts';

// journal
export { sha256 } from './journal/hash.ts';
export { JournalDamagedError, RecordTooNewError, UpcastMissingError } from './journal/journal-errors.ts';
export { LeaseHeldError, RunNotFoundError, StaleWriterError } from './journal/journal-errors.ts';
export type { JournalRecord, RecordDraft, SealedRecord } from './journal/journal-record.ts';
export type { AppendRequest, Blob, InboxEntry, InboxPost, Journal } from './journal/journal.ts';
export type { Lease, LeaseHolder } from './journal/lease.ts';
export { MemoryJournal } from './journal/memory-journal.ts';
export { ChainReader, emptyHead, openRecords, sealRecord } from './journal/record-chain.ts';
export type { ChainHead } from './journal/record-chain.ts';
export { RunRecorder } from './journal/run-recorder.ts';
export type { DeferOptions, RunRecorderOptions } from './journal/run-recorder.ts';
export { currentVersion, upcastRecord } from './journal/upcast.ts';
export type { Upcast, Upcasts } from './journal/upcast.ts';

// durable steps
export { ReplayDivergedError } from './durable/durable-errors.ts';
export type { AskedStep } from './durable/durable-errors.ts';
export {
  addAttempt,
  addFinished,
  addStarted,
  attemptIdOf,
  countCrashes,
  findUnfinished,
  forgive,
  setDown,
} from './durable/open-action.ts';
export type { RecordedStep, RecordedSteps } from './durable/open-action.ts';
export { defaultRetryPolicy, delayBeforeRetry } from './durable/retry-policy.ts';
export type { Failure, RetryPolicy } from './durable/retry-policy.ts';
export { stepRecordSchemas } from './durable/step-records.ts';
export type {
  AttemptClosed,
  AttemptOpened,
  StepFinished,
  StepKey,
  StepStarted,
} from './durable/step-records.ts';
export { Steps } from './durable/steps.ts';
export type { EffectStep, LookStep, ModelStep, StepsOptions } from './durable/steps.ts';

// money
export { CostCapReachedError, UnknownPriceError } from './cost/cost-errors.ts';
export type { CostCapFacts } from './cost/cost-errors.ts';
export { availableNanoUsd, createLedger, findBindingCap, spentIn } from './cost/cost-ledger.ts';
export { reserve, settle } from './cost/cost-ledger.ts';
export type {
  BindingCap,
  CostBearer,
  CostLedger,
  Reservation,
  ScopeTotal,
  Settlement,
} from './cost/cost-ledger.ts';
export type { CostLine } from './cost/cost-line.ts';
export { capFlagOf, describeScope, toScopeCaps } from './cost/cost-scope.ts';
export type { CostScope, ScopeCaps, WrittenScopeCaps } from './cost/cost-scope.ts';
export { renderUsd, toNanoUsd, toUsd } from './cost/money.ts';
export type { NanoUsd } from './cost/money.ts';
export { defaultPriceTable, findPrice, modelPriceSchema, priceOf, worstCaseOf } from './cost/price-table.ts';
export type { ModelPrice, PriceTable, TokenUsage } from './cost/price-table.ts';
export { leastUsefulOutput } from './cost/recent-answers.ts';
export type { AnswerNeed, RecentAnswers } from './cost/recent-answers.ts';
export type { SharedMap } from './cost/shared-map.ts';
export { byteTokenCounter } from './cost/token-counter.ts';
export type { TokenCounter } from './cost/token-counter.ts';

// model calls
export { Circuits, defaultCircuitPolicy } from './llm/circuit.ts';
export type { Circuit, CircuitPolicy, OpenCircuit } from './llm/circuit.ts';
export type {
  AnswerOutcome,
  AttemptEnding,
  AttemptLog,
  AttemptOpening,
  LlmCall,
  LlmClient,
  LlmMessage,
  LlmRequest,
  LlmResponse,
  ReplyFormat,
  ReportedUsage,
} from './llm/llm-client.ts';
export { isLlmError, LlmError, llmErrorReasons } from './llm/llm-error.ts';
export type { LlmErrorCode, LlmErrorFacts, LlmErrorReason } from './llm/llm-error.ts';
export { isWithheld } from './llm/refuse-known-secrets.ts';
export { RecordedLlmClient } from './llm/recording/recorded-llm-client.ts';
export { NotRecordedError, RecordingUnreadableError } from './llm/recording/recording-errors.ts';
export type { NearestRecorded } from './llm/recording/recording-errors.ts';
export type { RequestDifference } from './llm/recording/find-difference.ts';
export { encodeExchange, parseRecording, recordingHeader } from './llm/recording/recording.ts';
export type { RecordedExchange, RecordingSink } from './llm/recording/recording.ts';
export { MemoryRecording, withRecording } from './llm/recording/with-recording.ts';
export type { RedactText } from './llm/recording/with-recording.ts';
export { MemoryReplyCache } from './llm/reply-cache.ts';
export type { ReplyCache } from './llm/reply-cache.ts';
export type { ParsedReply, ReplyParser } from './llm/reply-parser.ts';
export { SIMULATION_MODEL, SimulatedLlmClient } from './llm/simulated-llm-client.ts';
export type { SimulatedModel } from './llm/simulated-llm-client.ts';
export { keepAnswer, withCache } from './llm/with-cache.ts';
export { withCircuit } from './llm/with-circuit.ts';
export { withCostCap } from './llm/with-cost-cap.ts';
export type { CostCapOptions } from './llm/with-cost-cap.ts';
export { withDeadline } from './llm/with-deadline.ts';
export { withFallback } from './llm/with-fallback.ts';
export type { FallbackOptions, ModelFallbacks } from './llm/with-fallback.ts';
export { llmResponseSchema, withJournal } from './llm/with-journal.ts';
export type { AskModel } from './llm/with-journal.ts';
export { withRetry } from './llm/with-retry.ts';

// choice of models
export { chooseModel, modelsNamedBy } from './routing/choose-model.ts';
export type { ChosenModel, NamedModels } from './routing/choose-model.ts';
export { classifyTask } from './routing/classify-task.ts';
export type { TaskClass, TaskEvidence } from './routing/classify-task.ts';
export { lintRules } from './routing/lint-rules.ts';
export type { ShadowedRule } from './routing/lint-rules.ts';
export { IncompleteRoutingError } from './routing/routing-errors.ts';
export { routingRuleSchema } from './routing/routing-rule.ts';
export type {
  ModelReference,
  ModelTier,
  Purpose,
  RoutingCondition,
  RoutingQuestion,
  RoutingRule,
} from './routing/routing-rule.ts';
export type { TaskComplexity, TaskImportance, TaskKind } from './routing/task-facts.ts';

// prompts, screening of tasks
export { adoptOverride } from './prompts/adopt-override.ts';
export { chooseDomain } from './prompts/choose-domain.ts';
export { addDomain, composePrompt } from './prompts/compose-prompt.ts';
export type { ComposedPrompt } from './prompts/compose-prompt.ts';
export { lintPrompts } from './prompts/lint-prompts.ts';
export { PromptRefusedError } from './prompts/prompt-errors.ts';
export { parsePromptFile } from './prompts/prompt-file.ts';
export { QUOTED_DATA_RULE, quoteUntrusted } from './prompts/quote-untrusted.ts';
export { templateFingerprint, templateName } from './prompts/prompt-template.ts';
export type { PromptTemplate } from './prompts/prompt-template.ts';
export { screenTask } from './screening/screen-task.ts';
export { screeningFindingSchema } from './screening/screening-finding.ts';
export type { ScreeningFinding } from './screening/screening-finding.ts';

// workspace, git, checks, secrets, logging, pages
export { changeSchema } from './workspace/change.ts';
export type { Change } from './workspace/change.ts';
export { findInstallScriptProblems, hasInstallScripts } from './workspace/install-scripts.ts';
export { resolveChanges } from './workspace/resolve-changes.ts';
export type { KnownFile, ResolvedChanges } from './workspace/resolve-changes.ts';
export { selectFiles } from './workspace/select-files.ts';
export type { FileSelection, LeftOutFile, SelectableFile, SelectedFiles } from './workspace/select-files.ts';
export { describeRefusal, foldPath, refusePath } from './workspace/safe-path.ts';
export type { PathRefusal } from './workspace/safe-path.ts';
export {
  PathEscapeError,
  WorkspaceConflictError,
  WorkspaceUnusableError,
} from './workspace/workspace-errors.ts';
export type { Workspace, WorkspaceFile } from './workspace/workspace.ts';
export { findWriteProblems, planWrites, writePlanSchema } from './workspace/write-plan.ts';
export type { FileChange, FileWrite, PlannedWrite, WritePlan } from './workspace/write-plan.ts';
export { GitCommandError, GitConflictError, GitHookFailedError, GitUnusableError } from './git/git-errors.ts';
export type { CommitAuthor, CommitPlan, GitRepository, GitState } from './git/git-repository.ts';
export type { UncommittedFiles, UncommittedQuery } from './git/git-repository.ts';
export { runChecks } from './safety/run-checks.ts';
export type { Check } from './safety/check.ts';
export type { CheckCommand } from './safety/check-command.ts';
export type { AllowedSecret, ScannedFile, SecretFinding, SecretScanner } from './secrets/secret-scanner.ts';
export { type Logger, silentLogger } from './logging/logger.ts';
export { pageLimits, type PageReader, type PageSummary, pageSummarySchema } from './pages/page-summary.ts';
