namespace OmniIoT.Ports.Security;

/// <summary>One attempt that several rules count: it may be made when all of them admit it.</summary>
public sealed class Attempt(IAttempts attempts, params (AttemptRule Rule, string Key)[] counts)
{
    /// <returns>How long to wait; null when it may be made, and is counted.</returns>
    public async ValueTask<TimeSpan?> TakeAsync()
    {
        for (int i = 0; i < counts.Length; i++)
        {
            if (await attempts.TakeAsync(counts[i].Rule, counts[i].Key) is { } wait)
            {
                await GiveBackAsync(i);
                return wait;
            }
        }
        return null;
    }

    /// <summary>There was nothing wrong with it.</summary>
    public ValueTask GiveBackAsync() => GiveBackAsync(counts.Length);

    private async ValueTask GiveBackAsync(int taken)
    {
        for (int i = 0; i < taken; i++)
            await attempts.GiveBackAsync(counts[i].Rule, counts[i].Key);
    }
}
