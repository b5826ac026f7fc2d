import { permissionsOfAll } from '../local/permissions-of-all.ts';
import { brokerPasswords, passwordWord } from './secret-files.ts';

/**
 * Users of nats-server and what each may do, as its configuration has it. Without secrets: the passwords are words of a file beside it.
 *
 * @param passwords where that file is, seen from this one
 */
export function brokerUsers(passwords = `secrets/${brokerPasswords}`): string {
  const quoted = (subjects: readonly string[]) =>
    subjects.map((subject) => `\n        ${JSON.stringify(subject)}`).join('');
  const users = Object.entries(permissionsOfAll()).map(
    ([user, { publish, subscribe }]) => `    {
      user: ${JSON.stringify(user)}
      password: $${passwordWord(user)}
      permissions: {
        publish: {
          allow: [${quoted(publish.allow)}
          ]
          deny: [${quoted(publish.deny)}
          ]
        }
        subscribe: {
          allow: [${quoted(subscribe.allow)}
          ]
        }
      }
    }`,
  );
  return `# Made by \`node k8s/write.ts\` from what the events' declarations say: who publishes and who consumes.
include "${passwords}"
authorization {
  users: [
    { user: "operator", password: $${passwordWord('operator')} }
${users.join('\n')}
  ]
}
`;
}
