/** Case events of District 7 as a laboratory feed sends them: about 450 bytes each, distinct people, placed by position and by tổ. */
export function caseEvent(index: number, prefix: string) {
  return {
    specversion: '1.0',
    id: `${prefix}-${index}`,
    source: '/bench/laboratory',
    type: 'case-confirmed',
    time: '2021-08-20T03:00:00Z',
    district: 'q7',
    data: {
      caseId: `${prefix}-${index}`,
      areaId: `q7-tan-phu-to-${String((index % 30) + 1).padStart(2, '0')}`,
      location: { lon: 106.7 + ((index * 7919) % 50_000) / 1e6, lat: 10.71 + ((index * 104_729) % 50_000) / 1e6 },
      ageYears: index % 90,
      sex: index % 2 ? 'female' : 'male',
      onsetDate: '2021-08-17',
      specimenDate: `2021-08-${String(1 + (index % 18)).padStart(2, '0')}`,
      confirmedDate: '2021-08-20',
      exposure: 'community',
    },
  };
}

/** Bodies of `batch` events each, encoded beforehand: the client's own work is not what is measured. */
export function caseBatches(total: number, batch: number, prefix: string): string[] {
  const bodies: string[] = [];
  for (let start = 0; start < total; start += batch)
    bodies.push(
      JSON.stringify(
        Array.from({ length: Math.min(batch, total - start) }, (_, offset) => caseEvent(start + offset, prefix)),
      ),
    );
  return bodies;
}

/** Posts the bodies to the door over `connections` at a time; throws on any answer but 201. */
export async function postAll(
  { url, headers }: { url: (service: string) => string; headers: (service: string) => Record<string, string> },
  bodies: string[],
  connections: number,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < bodies.length) {
        const answer = await fetch(`${url('intake')}/api/events`, {
          method: 'POST',
          headers: { 'content-type': 'application/cloudevents-batch+json', ...headers('intake') },
          body: bodies[next++]!,
        });
        if (answer.status !== 201)
          throw new Error(`POST /api/events: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
        await answer.arrayBuffer();
      }
    }),
  );
}
