using System.Runtime.CompilerServices;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Awaits an event and says what was awaited when it does not come.</summary>
internal static class Within
{
    /// <summary>Generous: the machine may be busy, and a passing test never waits for it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> LimitAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await LimitAsync((Task)task, what);
        return await task;
    }

    public static async Task LimitAsync(Task task, [CallerArgumentExpression(nameof(task))] string what = "", TimeSpan? limit = null)
    {
        TimeSpan patience = limit ?? Limit;
        try
        {
            await task.WaitAsync(patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {patience.TotalSeconds} s in vain for: {what}");
        }
    }
}
