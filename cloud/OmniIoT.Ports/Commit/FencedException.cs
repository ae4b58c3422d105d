namespace OmniIoT.Ports.Commit;

/// <summary>
/// The cluster gave this process up: nothing was written, and nothing that it decides will be. Others own its grains by now, so it
/// has to stop.
/// </summary>
public sealed class FencedException(string message, Exception? inner = null) : Exception(message, inner);
