/** A node of the database as Patroni keeps it. */
export interface DatabaseNode {
  name: string;
  /** Of PostgreSQL. */
  port: number;
  /** Where Patroni tells who leads. */
  restPort: number;
  /** Folder of the data and of Patroni's own files. */
  folder: string;
}

/** Who signs in at the database for the whole of it. */
export interface DatabaseOperators {
  superuser: string;
  password: string;
  replicationPassword: string;
}

/**
 * When a node is taken for dead, seconds. Patroni's own values (30, 10, 10) are for machines apart from each other, and leave the rows without a writer for half a
 * minute. `leaderSeconds` may not be less than `everySeconds` and twice `patienceSeconds`.
 */
export const terms = { leaderSeconds: 8, everySeconds: 2, patienceSeconds: 3 };

/** The same settings as on one machine (deploy/local/postgres.ts), with room for two copies of each service. */
const parameters = {
  max_connections: 300,
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '96MB',
  max_wal_size: '1GB',
  wal_compression: 'on',
  max_parallel_workers_per_gather: 1,
  random_page_cost: 1.1,
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Settings of a node: a primary, and a standby that has each commit before it is acknowledged; without the primary the standby leads by itself. JSON, which is YAML. Pure.
 *
 * @see https://patroni.readthedocs.io/en/latest/yaml_configuration.html, https://patroni.readthedocs.io/en/latest/replication_modes.html
 */
export function patroniConfig(
  node: DatabaseNode,
  { etcdPort, bin, operators }: { etcdPort: number; bin: string; operators: DatabaseOperators },
): string {
  const { superuser, password, replicationPassword } = operators;
  return JSON.stringify(
    {
      scope: 'vungxanh',
      name: node.name,
      restapi: { listen: `127.0.0.1:${node.restPort}`, connect_address: `127.0.0.1:${node.restPort}` },
      etcd3: { hosts: [`127.0.0.1:${etcdPort}`] },
      bootstrap: {
        dcs: {
          ttl: terms.leaderSeconds,
          loop_wait: terms.everySeconds,
          retry_timeout: terms.patienceSeconds,
          // A primary that ended is followed by the standby, and not waited for.
          primary_start_timeout: 0,
          synchronous_mode: true,
          postgresql: { use_pg_rewind: true, use_slots: true, parameters },
        },
        initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
      },
      postgresql: {
        listen: `127.0.0.1:${node.port}`,
        connect_address: `127.0.0.1:${node.port}`,
        data_dir: `${node.folder}/data`,
        bin_dir: bin,
        pgpass: `${node.folder}/pgpass`,
        authentication: {
          superuser: { username: superuser, password },
          replication: { username: 'replicator', password: replicationPassword },
        },
        parameters: { unix_socket_directories: '' },
        pg_hba: ['host replication replicator 127.0.0.1/32 scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256'],
        remove_data_directory_on_rewind_failure: true,
        remove_data_directory_on_diverged_timelines: true,
      },
    },
    null,
    2,
  );
}
