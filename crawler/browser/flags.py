"""How Chromium is started: nothing goes round our proxy, nothing is fetched for the browser's own sake."""

from __future__ import annotations

import os

from crawler.browser.find import Found

#: "on": Chromium shuts its pages in as well, which takes user namespaces; containers and some systems forbid them.
SANDBOX = "DECREE43_BROWSER_SANDBOX"
#: Megabytes of script memory for one page; what is beyond V8's reach is watched from outside.
SCRIPT_MEMORY = 384
_FEATURES_OFF = (
    "AsyncDns",
    "AutofillServerCommunication",
    "CertificateTransparencyComponentUpdater",
    "DialMediaRouteProvider",
    "DnsOverHttps",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "Prerender2",
    "SpeculationRulesPrefetchProxy",
    "Translate",
    "WebRtcHideLocalIpsWithMdns",
)


def arguments(proxy: str) -> list[str]:
    """The command line, with ``proxy`` as the only way out, loopback addresses too."""
    return [
        f"--proxy-server={proxy}",
        "--proxy-bypass-list=<-loopback>",
        # The proxy resolves: a name looked up by the browser itself would go round the named resolver.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--dns-prefetch-disable",
        "--disable-quic",
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--disable-background-networking",
        "--disable-client-side-phishing-detection",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-pings",
        "--no-first-run",
        "--metrics-recording-only",
        "--disable-breakpad",
        "--disable-crash-reporter",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-notifications",
        "--deny-permission-prompts",
        "--mute-audio",
        "--renderer-process-limit=3",
        f"--js-flags=--max-old-space-size={SCRIPT_MEMORY}",
        f"--disable-features={','.join(_FEATURES_OFF)}",
    ]


def sandboxed() -> bool:
    """Whether Chromium is asked for its own sandbox: never for root, for whom it does not start."""
    return os.environ.get(SANDBOX, "").lower() in ("on", "1", "true") and os.geteuid() != 0


def environment(found: Found) -> dict[str, str | float | bool]:
    """The browser's environment: no proxies of the user's, no keys, the libraries it brings."""
    kept = ("HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "USER", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    env: dict[str, str | float | bool] = {name: os.environ[name] for name in kept if name in os.environ}
    if found.libraries is not None:
        env["LD_LIBRARY_PATH"] = str(found.libraries)
    if found.fonts is not None:
        env["FONTCONFIG_PATH"] = str(found.fonts)
    return env
