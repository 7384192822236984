import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

/** ZIP files (APPNOTE 6.3) as far as a bundle needs them: one disk, no ZIP64, names in UTF-8, contents deflated or stored. */

/** Most files that fit without ZIP64. */
const mostFiles = 65_535;
const utf8 = 0x0800;
/** 1980-01-01: the same content is the same file. */
const date = 0x0021;
const [localSignature, centralSignature, endSignature] = [0x04034b50, 0x02014b50, 0x06054b50];

export function zipped(files: ReadonlyMap<string, Buffer>): Buffer {
  if (files.size > mostFiles) throw new RangeError(`${files.size} files in a ZIP file: at most ${mostFiles}`);
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const path = Buffer.from(name);
    const packed = deflateRawSync(content, { level: 9 });
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(utf8, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt16LE(date, 8);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(content.length, 18);
    about.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([word(localSignature), about, path, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([word(centralSignature), Buffer.of(20, 0), about, place, path]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, word(endSignature), end]);
}

/** The files of a ZIP file. @throws RangeError where it is none, or is damaged */
export function unzipped(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  try {
    const end = zip.lastIndexOf(word(endSignature));
    if (end < 0) throw new RangeError('it has no directory');
    let at = zip.readUInt32LE(end + 16);
    for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
      if (zip.readUInt32LE(at) !== centralSignature) throw new RangeError('its directory is damaged');
      const [method, crc, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20)];
      const [path, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
      const name = zip.toString('utf8', at + 46, at + 46 + path);
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + size);
      const content = method === 0 ? Buffer.from(packed) : inflateRawSync(packed);
      if (crc32(content) !== crc || files.has(name)) throw new RangeError(`${name} is damaged`);
      files.set(name, content);
      at += 46 + path + extra + comment;
    }
    return files;
  } catch (error) {
    throw new RangeError(`this is no ZIP file that can be read: ${(error as Error).message}`, { cause: error });
  }
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
