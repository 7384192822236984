import { failures } from '#kernel/refused';

export const { texts: auditFailures, fail: failAudit } = failures({
  'audit-tree-damaged': {
    fi: 'Tarkastuspuuta {path} ei voi käyttää ({reason}). Säilytä tiedosto todisteena, siirrä se sivuun ja käynnistä uudelleen: puu lasketaan lokista. Vertaa sitten lokia aiempaan tarkistuspisteeseen: digituki audit verify --checkpoint TIEDOSTO.',
    sv: 'Granskningsträdet {path} kan inte användas ({reason}). Bevara filen som bevis, flytta den åt sidan och starta om: trädet räknas ur loggen. Jämför sedan loggen med en tidigare kontrollpunkt: digituki audit verify --checkpoint FIL.',
    en: 'The audit tree {path} cannot be used ({reason}). Keep the file as evidence, move it aside and start again: the tree is computed from the log. Then hold the log against an earlier checkpoint: digituki audit verify --checkpoint FILE.',
  },
  'audit-storage-full': {
    fi: 'Tarkastuspuulle {path} ei ole levytilaa. Vapauta tilaa: puu jatkuu siitä, mihin se jäi, ja mitään ei katoa.',
    sv: 'Det finns inget diskutrymme för granskningsträdet {path}. Frigör utrymme: trädet fortsätter där det slutade, och inget går förlorat.',
    en: 'The disk has no room for the audit tree {path}. Make room: the tree goes on where it stopped, and nothing is lost.',
  },
  'audit-tree-of-another-log': {
    fi: 'Tarkastuspuu {path} on toisen lokin ({found}, tämä on {log}). Siirrä se sivuun ja vertaa tätä lokia sen tarkistuspisteisiin: digituki audit verify --checkpoint TIEDOSTO.',
    sv: 'Granskningsträdet {path} hör till en annan logg ({found}, denna är {log}). Flytta det åt sidan och jämför denna logg med dess kontrollpunkter: digituki audit verify --checkpoint FIL.',
    en: 'The audit tree {path} is of another log ({found}, this is {log}). Move it aside and hold this log against its checkpoints: digituki audit verify --checkpoint FILE.',
  },
  'audit-tree-of-newer-version': {
    fi: 'Tarkastuspuu {path} on uudemman ohjelmaversion (muoto {found}, tämä lukee {known}). Käynnistä uudempi versio.',
    sv: 'Granskningsträdet {path} hör till en nyare programversion (format {found}, denna läser {known}). Starta den nyare versionen.',
    en: 'The audit tree {path} is of a newer version of the program (format {found}, this one reads {known}). Start the newer version.',
  },
  'audit-position-unknown': {
    fi: 'Kohdassa {position} ei ole todistettavaa tapahtumaa. Anna kuitin kohta.',
    sv: 'På positionen {position} finns ingen händelse som kan bevisas. Ange kvittots position.',
    en: 'At the position {position} there is no event that can be proven. Give the position of a receipt.',
  },
  'audit-off': {
    fi: 'Tämä palvelin ei tee todisteita. Kysy palvelimelta, jossa AUDIT on päällä.',
    sv: 'Denna server gör inga bevis. Fråga en server där AUDIT är på.',
    en: 'This server makes no proofs. Ask one on which AUDIT is on.',
  },
  'checkpoint-key-unproven': {
    fi: 'Avaimen vaihtoa ei kirjata: molemmat avaimet eivät ole allekirjoittaneet sitä, tai ne ovat eri lokien. Tee uusi avain samalla nimellä: digituki audit key.',
    sv: 'Nyckelbytet antecknas inte: båda nycklarna har inte undertecknat det, eller de hör till olika loggar. Gör den nya nyckeln med samma namn: digituki audit key.',
    en: 'The rotation is not recorded: not both keys have signed it, or they are of different logs. Make the new key with the same name: digituki audit key.',
  },
  'log-altered': {
    fi: 'Tapahtumaloki ei ole se, joka on todistettu ({finding}). Mitään ei kirjoiteta: säilytä loki todisteena ja palauta varmuuskopio, joka vastaa viimeistä tarkistuspistettä.',
    sv: 'Händelseloggen är inte den som har bevisats ({finding}). Inget skrivs: bevara loggen som bevis och återställ en säkerhetskopia som motsvarar den senaste kontrollpunkten.',
    en: 'The event log is not the one that was proven ({finding}). Nothing is written: keep the log as evidence and restore a backup that agrees with the last checkpoint.',
  },
});
