namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Waits for a state that nobody announces.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Within.Limit)
                Assert.Fail($"Waited {Within.Limit.TotalSeconds} s in vain for: {what}");
            await Task.Yield();
        }
    }
}
