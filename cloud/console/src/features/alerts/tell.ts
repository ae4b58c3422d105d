import { alertSettings } from './settings';

/** Two notes, soft: heard, not feared. Hertz. */
const notes = [660, 880];
const noteSeconds = 0.12;
const loudness = 0.08;

function ring() {
  const sound = new AudioContext();
  const gain = sound.createGain();
  gain.gain.value = loudness;
  gain.connect(sound.destination);
  notes.forEach((hertz, i) => {
    const tone = sound.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(gain);
    tone.start(sound.currentTime + i * noteSeconds);
    tone.stop(sound.currentTime + (i + 1) * noteSeconds);
    if (i === notes.length - 1) tone.onended = () => void sound.close();
  });
}

/** Tells somebody who looks elsewhere, if they asked for it; `tag` names what it is about, so that it is told once in all tabs. */
export function tell(tag: string, title: string, body: string, onOpen: () => void) {
  const { shown, sound } = alertSettings();
  if (!shown) return;
  if (sound) ring();
  if (!document.hidden && document.hasFocus()) return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notice = new Notification(title, { body, tag, silent: true });
  notice.onclick = () => {
    window.focus();
    onOpen();
    notice.close();
  };
}
