// Reads server-sent events of a response, for requests with headers, which EventSource cannot send.

/** Gives each event with data to `onEvent({id, event, data})`; ends with the response, or when `onEvent` returns false. */
export async function readEvents(response, onEvent) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const {id, event, data} = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)));
      if (data && onEvent({id, event, data: JSON.parse(data)}) === false) {
        return;
      }
    }
  }
}
