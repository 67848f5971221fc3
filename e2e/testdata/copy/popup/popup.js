addEventListener('keydown', async (e) => {
  if (e.key === 'Enter') await navigator.clipboard.writeText(await chrome.runtime.sendMessage({ type: 'copy' }));
});
