namespace OmniIoT.Simulators;

/// <summary>Loops that run side by side: when one fails, the others are cancelled and the failure is reported.</summary>
internal static class Together
{
    public static async Task RunAsync(IEnumerable<Func<CancellationToken, Task>> loops, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(loops.Select(loop => GuardAsync(loop, ending)).ToList());
    }

    private static async Task GuardAsync(Func<CancellationToken, Task> loop, CancellationTokenSource ending)
    {
        try
        {
            await loop(ending.Token);
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }
}
