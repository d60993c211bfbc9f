// The bar while the page's code arrives; Trunk calls this with what has come so far.

export default function loading() {
  const whole = document.getElementById("loading");
  const bar = whole?.querySelector("progress");
  return {
    onProgress: ({ current, total }) => {
      if (!bar || !total) return;
      bar.max = total;
      bar.value = Math.min(current, total);
    },
    onSuccess: () => whole?.remove(),
    onFailure: (error) => {
      if (whole) whole.querySelector("p").textContent = `The page could not be started: ${error}`;
    },
  };
}
