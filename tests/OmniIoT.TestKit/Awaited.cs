namespace OmniIoT.TestKit;

/// <summary>Waits for what must come, and says what was awaited when it does not.</summary>
public static class Awaited
{
    /// <summary>Long enough for two busy cores, short enough for a person.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="patience">Null: <see cref="Patience"/>; more only for what is known to take long.</param>
    public static async Task<T> Within<T>(Task<T> task, string what, TimeSpan? patience = null)
    {
        try
        {
            return await task.WaitAsync(patience ?? Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Within {(patience ?? Patience).TotalSeconds:0} s there was no {what}.");
        }
    }

    /// <inheritdoc cref="Within{T}(Task{T}, string, TimeSpan?)"/>
    public static async Task Within(Task task, string what, TimeSpan? patience = null)
    {
        await Within(Wrap(task), what, patience);

        static async Task<bool> Wrap(Task task)
        {
            await task;
            return true;
        }
    }

    /// <summary>Looks again and again until there is something; for what has no event to await, such as another process.</summary>
    /// <param name="patience">Null: <see cref="Patience"/>; more only for what is known to take long.</param>
    public static async Task<T> Seen<T>(Func<Task<T?>> look, string what, TimeSpan? patience = null)
        where T : class
    {
        using CancellationTokenSource timeout = new(patience ?? Patience, TimeProvider.System);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        while (true)
        {
            if (await look() is { } seen)
                return seen;
            try
            {
                await timer.WaitForNextTickAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Within {(patience ?? Patience).TotalSeconds:0} s there was no {what}.");
            }
        }
    }
}
