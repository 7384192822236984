export const logLevels = ['debug', 'info', 'warn', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
