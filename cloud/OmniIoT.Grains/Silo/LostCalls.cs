using Orleans.Runtime;

namespace OmniIoT.Grains.Silo;

/// <summary>Calls whose grain was lost on the way with its process: whether they did their work is not known.</summary>
public static class LostCalls
{
    public static bool MayBeMadeAgain(Exception error) =>
        error is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException;
}
