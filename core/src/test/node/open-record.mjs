// Opens a record of version 1 from its written description alone, with other people's HPKE and Bech32m: nothing of the library
// under test takes part. Usage: node open-record.mjs golden.json; prints the payload.

import { createDecipheriv, createHash, hkdfSync, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
import { bech32m } from "bech32";

const golden = JSON.parse(readFileSync(process.argv[2], "utf8"));
const record = Buffer.from(golden.record, "hex");

const u16 = (n) => Buffer.from([n >> 8, n & 255]);
const u32 = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const u64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; };
const sized = (bytes) => Buffer.concat([u16(bytes.length), bytes]);
const text = (s) => sized(Buffer.from(s, "utf8"));
const hkdf = (secret, salt, label, length) => Buffer.from(hkdfSync("sha256", secret, salt, label, length));
const check = (condition, what) => { if (!condition) throw new Error(what); };

function unlock(secret, salt, label, associated, sealed) {
  const keyAndNonce = hkdf(secret, salt, label, 44);
  const cipher = createDecipheriv("aes-256-gcm", keyAndNonce.subarray(0, 32), keyAndNonce.subarray(32));
  cipher.setAAD(associated);
  cipher.setAuthTag(sealed.subarray(sealed.length - 16));
  return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - 16)), cipher.final()]);
}

const c = golden.context;
const context = Buffer.concat(
  [text(c.tenant), text(c.member), text(c.connection), text(c.account), text(c.purpose), u64(c.sealNo)]);

// outer
check(record.subarray(0, 4).toString("hex") === "8b424c41" && record[4] === 1, "not a record of version 1");
const term = record.readUInt32BE(5);
const termKey = golden.ring.match(new RegExp(`^term ${term} [a-z]+ ([0-9a-f]{64}) `, "m"))[1];
const inner = unlock(
  Buffer.from(termKey, "hex"), record.subarray(9, 41), "bulla/record/v1/outer lock",
  Buffer.concat([record.subarray(0, 41), context]), record.subarray(41));

// inner
check(inner.readUInt16BE(0) === 1 && inner[2] === 1, "not suite 1 with one slot");
let dataKey;
let at;
if (inner[3] === 1) {
  dataKey = inner.subarray(4, 36);
  at = 36;
} else {
  check(inner[3] === 2, "no slot type 1 or 2");
  const keyNo = inner.readUInt32BE(4);
  const bytes = Buffer.from(bech32m.fromWords(bech32m.decode(golden.memberKey.replaceAll("-", ""), 90).words));
  check(bytes[0] === 1, "not a member key of version 1");
  const privateKey = hkdf(bytes.subarray(1, 33), "", "bulla/member key/v1/x25519", 32);
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm(),
  });
  const publicKey = Buffer.from(golden.publicKey, "base64url");
  const fingerprint = createHash("sha256").update("bulla/member key/v1/fingerprint").update(publicKey).digest();
  check(inner.subarray(8, 24).equals(fingerprint.subarray(0, 16)), "sealed to another key");
  const recipient = await suite.createRecipientContext({
    recipientKey: await suite.kem.importKey("raw", privateKey, false),
    enc: inner.subarray(24, 56),
    info: Buffer.concat([text("bulla/record/v1/member slot"), u16(1), context, u32(keyNo)]),
  });
  dataKey = Buffer.from(await recipient.open(inner.subarray(56, 104)));
  at = 104;
}
check(timingSafeEqual(inner.subarray(at, at + 32), hkdf(dataKey, "", "bulla/record/v1/commitment", 32)), "commitment");
const associated = Buffer.concat([text("bulla/record/v1/payload"), u16(1), context]);
process.stdout.write(unlock(dataKey, "", "bulla/record/v1/payload", associated, inner.subarray(at + 32)));
