// Voice notes, audio and video: how long they are before they are sent, and the browser's own players in a bubble.

import { make } from "./dom.js";
import { size } from "./media.js";

export const RECORDED = ["voice", "audio", "video"];

/** What an app says of a recording: seconds, and for a video its pixels; nothing of one that the browser cannot read. */
export function measured({ kind, file }) {
  if (!RECORDED.includes(kind)) return {};
  const player = document.createElement(kind === "video" ? "video" : "audio");
  const address = URL.createObjectURL(file);
  return new Promise((resolve) => {
    const done = () => {
      URL.revokeObjectURL(address);
      const { duration, videoWidth: width = 0, videoHeight: height = 0 } = player;
      resolve({ duration: Number.isFinite(duration) ? Math.round(duration) : 0, width, height });
    };
    player.addEventListener("loadedmetadata", done);
    player.addEventListener("error", done);
    player.preload = "metadata";
    player.src = address;
  });
}

/** A voice note or an audio: what it is, how large, and a player. */
export function sound(message, scene) {
  const kind = message.voice ? "voice" : "audio";
  const { url, name, size: bytes } = message[kind];
  const title = kind === "voice" ? scene.said.voice : name;
  return make(
    "div",
    { class: "recording" },
    make(
      "span",
      { class: "recording-about" },
      make("strong", { text: title }),
      make("span", { text: size(bytes, scene.language) }),
    ),
    make("audio", {
      controls: true,
      preload: "metadata",
      src: url,
      "aria-label": [scene.said[kind], kind === "audio" && name].filter(Boolean).join(", "),
      "data-key": `sound-${message.id}`,
    }),
  );
}

/** A video; its size is known before it is loaded, so that nothing jumps. */
export function moving(message, scene) {
  const { url, width, height } = message.video;
  return make("video", {
    class: "moving",
    controls: true,
    playsinline: true,
    preload: "auto",
    src: url,
    width: width || null,
    height: height || null,
    "aria-label": [scene.said.video, message.caption].filter(Boolean).join(", "),
    "data-key": `video-${message.id}`,
  });
}
