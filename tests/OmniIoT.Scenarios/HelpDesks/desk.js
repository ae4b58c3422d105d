// Works in a help desk by node-zendesk and prints what it is answered, a step a line.
const { createClient } = require('node-zendesk');

const [endpoint, username, token, tag] = process.argv.slice(2);
const desk = createClient({ username, token, endpointUri: `${endpoint}/api/v2` });
const tell = (step, value) => console.log(JSON.stringify({ step, value }));
const found = (answer, name) => answer.result?.[name] ?? answer.result ?? answer[name] ?? answer;

(async () => {
  const [known] = found(await desk.search.query(`type:ticket tags:${tag}`), 'results');
  tell('found', known);
  tell('shown', found(await desk.tickets.show(known.id), 'ticket'));
  tell('updated', found(await desk.tickets.update(known.id, { ticket: { status: 'pending', comment: { body: 'Is it the hose?', public: true } } }), 'ticket'));
  tell('comments', found(await desk.tickets.getComments(known.id), 'comments'));
  const own = { ticket: { subject: 'No heat', comment: { body: 'It stays cold' }, requester: { name: 'Bob', email: 'bob@example.com' } } };
  tell('created', found(await desk.tickets.create(own), 'ticket'));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
