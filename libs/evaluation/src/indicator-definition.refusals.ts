import { refusals } from '#kernel/refused';

export const { texts: definitionRefusals, refuse } = refusals({
  'indicator-measure-changed': {
    fi: 'Kenttä {measure:label}: mittarin lajia ei muuteta versiosta toiseen ({measure}). Määrittele uusi mittari.',
    sv: 'Fältet {measure:label}: indikatorns slag ändras inte från en version till en annan ({measure}). Definiera en ny indikator.',
    en: 'In {measure:label}: what an indicator measures does not change from version to version ({measure}). Define a new indicator.',
  },
});
