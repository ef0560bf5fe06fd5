// Calls of the control interface.

/** POST a JSON object, or a form with a file; returns the JSON answer, or throws with the reason. */
export async function post(path, body = {}) {
  const isForm = body instanceof FormData;
  const answer = await fetch(`sandbox/${path}`, {
    method: "POST",
    headers: isForm ? {} : { "Content-Type": "application/json" },
    body: isForm ? body : JSON.stringify(body),
  });
  const result = await answer.json().catch(() => ({ error: answer.statusText }));
  if (!answer.ok) throw new Error(result.error ?? answer.statusText);
  return result;
}

/** Listen to the sandbox. The browser reconnects by itself; each connection begins with a snapshot. */
export function listen(onEvent, onConnection) {
  const source = new EventSource("sandbox/stream");
  source.onmessage = (event) => {
    onConnection(true);
    onEvent(JSON.parse(event.data));
  };
  source.onerror = () => {
    onConnection(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(onEvent, onConnection), 2000);
  };
}
