import { join } from 'node:path';
import { writeStateFile } from '../../services/platform/state-file.ts';

/**
 * Where a Prometheus on this machine finds the metrics of the services, which have other ports at each start: a file of its file-based service discovery.
 *
 * @param addresses service → its address on loopback
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#file_sd_config
 */
export function writeScrapeTargets(dataFolder: string, addresses: Readonly<Record<string, string>>): void {
  const targets = Object.entries(addresses).map(([service, address]) => ({
    targets: [new URL(address).host],
    labels: { service },
  }));
  // No secret stands in it, and Prometheus is another user.
  writeStateFile(join(dataFolder, 'metrics-targets.json'), `${JSON.stringify(targets, null, 2)}\n`, { mode: 0o644 });
}
