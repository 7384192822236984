// Run by mongosh: makes the replica set of the trial, and a user each for the views and for the keys.
const { MONGODB_ROOT_PASSWORD, MONGODB_MEMBERS, MONGODB_PASSWORD, KEYS_PASSWORD } = process.env;
const hosts = MONGODB_MEMBERS.split(',');
const admin = connect(`mongodb://root:${encodeURIComponent(MONGODB_ROOT_PASSWORD)}@${hosts[0]}/admin?directConnection=true`);

try {
  admin.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  // The users are made on the first member: it is to be the primary.
  const members = hosts.map((host, _id) => ({ _id, host, priority: _id === 0 ? 2 : 1 }));
  admin.adminCommand({ replSetInitiate: { _id: 'rs0', members } });
}
while (!admin.hello().isWritablePrimary) sleep(500);

function grant(database, user, pwd) {
  const roles = [{ role: 'readWrite', db: database }];
  const there = admin.getSiblingDB(database);
  if (there.getUser(user)) there.updateUser(user, { pwd, roles });
  else there.createUser({ user, pwd, roles });
}
grant('digituki', 'digituki', MONGODB_PASSWORD);
grant('digituki-keys', 'digituki-keys', KEYS_PASSWORD);
