using OmniIoT.Ports.Commit;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>Tries until storage takes it, as for everything that a device says: who waits for the acknowledgement waits as long.</summary>
internal static class StoragePatience
{
    /// <summary>A full disk is seen to be free again within a second or two.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static async ValueTask<T> TryUntilStoredAsync<T>(this TimeProvider time, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }
}
