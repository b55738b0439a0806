/** Longest side of a picture that is searched: enough for any code that fills a third of it. */
const SIDE_MAX = 1_600

/** Pictures of the camera that are searched in a second. */
const SCAN_MILLIS = 150

/** A small picture is looked at larger, too: the reader wants some pixels for each module of a code. */
const GROWN = [1, 2, 4]

type Reader = (pixels: ImageData) => string | null

/** Loads the reader when it is needed: it is larger than the rest of the page. */
async function reader(): Promise<Reader> {
  const { default: jsQR } = await import('jsqr')
  return (pixels) => jsQR(pixels.data, pixels.width, pixels.height)?.data ?? null
}

function pixelsOf(source: CanvasImageSource, width: number, height: number, grown = 1): ImageData {
  const scale = Math.min(grown, SIDE_MAX / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

/** Reads the code in a picture; null when there is none. */
export async function readPicture(file: Blob): Promise<string | null> {
  const read = await reader()
  const picture = await createImageBitmap(file)
  try {
    for (const grown of GROWN) {
      const words = read(pixelsOf(picture, picture.width, picture.height, grown))
      if (words !== null) return words
    }
    return null
  } finally {
    picture.close()
  }
}

/** Shows the camera and looks for a code until one is found or it is stopped. Throws when there is no camera to use. */
export async function readCamera(video: HTMLVideoElement, onFound: (words: string) => void): Promise<() => void> {
  const camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } })
  const end = () => {
    for (const track of camera.getTracks()) track.stop()
    video.srcObject = null
  }
  let read: Reader
  try {
    read = await reader()
    video.srcObject = camera
    await video.play()
  } catch (failure) {
    // Who leaves the view before the picture runs must not leave the camera on.
    end()
    throw failure
  }
  const timer = setInterval(() => {
    if (video.videoWidth === 0) return
    const words = read(pixelsOf(video, video.videoWidth, video.videoHeight))
    if (words === null) return
    stop()
    onFound(words)
  }, SCAN_MILLIS)
  const stop = () => {
    clearInterval(timer)
    end()
  }
  return stop
}
