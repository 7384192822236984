import { failures } from '#kernel/refused';

export const { texts: checkpointFailures, fail: failCheckpoint } = failures({
  'view-of-another-log': {
    fi: 'Näkymä {projection} on toisesta lokista ({found}, tämä on {log}). Yhdistä siihen lokiin tai anna toinen, tyhjä tietokanta (MONGODB_URL): näkymät muodostetaan lokista uudelleen.',
    sv: 'Vyn {projection} hör till en annan logg ({found}, denna är {log}). Anslut den loggen eller ange en annan, tom databas (MONGODB_URL): vyerna byggs upp ur loggen på nytt.',
    en: 'The view {projection} is of another log ({found}, this one is {log}). Connect the log that it is of, or give another, empty database (MONGODB_URL): views are rebuilt from the log.',
  },
  'view-ahead-of-log': {
    fi: 'Näkymä {projection} on lokia edellä ({position}, lokin loppu {head}): loki on katkaistu tai palautettu vanhemmasta varmuuskopiosta. Palauta uudempi varmuuskopio tai anna tyhjä tietokanta (MONGODB_URL): näkymät muodostetaan lokista uudelleen.',
    sv: 'Vyn {projection} ligger före loggen ({position}, loggen slutar vid {head}): loggen har kapats eller återställts från en äldre säkerhetskopia. Återställ en nyare säkerhetskopia eller ange en tom databas (MONGODB_URL): vyerna byggs upp ur loggen på nytt.',
    en: 'The view {projection} is ahead of the log ({position}, which ends at {head}): the log was cut, or restored from an older backup. Restore a newer backup, or give an empty database (MONGODB_URL): views are rebuilt from the log.',
  },
});
