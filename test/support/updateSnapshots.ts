import fs from 'node:fs';
import path from 'node:path';
import { snapshotFiles, snapshotFolder } from './snapshots';

// `npm run snapshots`: writes the snapshots anew. Read the difference before you commit it.
fs.mkdirSync(snapshotFolder, { recursive: true });
for (const [name, text] of snapshotFiles()) fs.writeFileSync(path.join(snapshotFolder, name), text);
