import type { WhichPayment } from './batch.facts.js';
import { endToEndId, messageId } from './batch.rules.js';

/** What a bank would say of a payment. */
export function transaction(payment: WhichPayment, status: string, more = ''): string {
  return `<TxInfAndSts><OrgnlEndToEndId>${endToEndId(payment)}</OrgnlEndToEndId><TxSts>${status}</TxSts>${more}</TxInfAndSts>`;
}

/** What a bank would say of a batch: pain.002.001.10, which goes with pain.001.001.09. */
export function report(batch: string, status: string, more = '', transactions = '', id = `report-${batch}`): string {
  const information = `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${messageId(batch)}</OrgnlPmtInfId>${transactions}</OrgnlPmtInfAndSts>`;
  return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>${id}</MsgId><CreDtTm>2027-02-02T08:00:00Z</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>${messageId(batch)}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>${status}</GrpSts>${more}</OrgnlGrpInfAndSts>
    ${transactions === '' ? '' : information}</CstmrPmtStsRpt></Document>`;
}
