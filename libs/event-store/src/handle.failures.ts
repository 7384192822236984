import { failures } from '#kernel/refused';

export const { texts: handleFailures, fail: failHandling } = failures({
  'command-id-reused': {
    fi: 'Tunnisteella {commandId} on jo lähetetty toinen komento. Lähetä tämä uudella tunnisteella.',
    sv: 'Ett annat kommando har redan skickats under id:t {commandId}. Skicka detta under ett nytt id.',
    en: 'Another command was sent under the id {commandId}. Send this one under a new id.',
  },
  'changed-since-read': {
    fi: 'Tieto on muuttunut sen jälkeen, kun luit sen: luit sen muutoksen {expected} jälkeen, ja nyt muutoksia on {actual} asti ({changes}). Lue se uudelleen ja päätä, mitä haluat muuttaa.',
    sv: 'Uppgiften har ändrats sedan du läste den: du läste den efter ändring {expected}, och nu finns ändringar till och med {actual} ({changes}). Läs den på nytt och bestäm vad du vill ändra.',
    en: 'It has changed since you read it: you read revision {expected}, now it is at {actual} ({changes}). Read it again and decide what you want to change.',
  },
  'receipt-unavailable': {
    fi: 'Komento tallentui, mutta kuittausta ei juuri nyt saada. Lähetä sama komento hetken päästä uudelleen samalla tunnisteella, niin saat sen.',
    sv: 'Kommandot sparades, men kvittot kan inte fås just nu. Skicka samma kommando igen om en stund med samma id, så får du det.',
    en: 'The command was recorded, but its receipt cannot be had just now. Send the same command again under the same id in a moment to get it.',
  },
  'too-much-at-once': {
    fi: 'Samaa asiaa muutetaan juuri nyt monesta paikasta. Mitään ei tallennettu: lähetä sama komento hetken päästä uudelleen.',
    sv: 'Samma sak ändras just nu från flera håll. Inget sparades: skicka samma kommando igen om en stund.',
    en: 'The same thing is being changed from many sides just now. Nothing was recorded: send the same command again in a moment.',
  },
});
