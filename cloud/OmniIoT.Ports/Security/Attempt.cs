namespace OmniIoT.Ports.Security;

/// <summary>One attempt that several rules count: it may be made when all of them admit it.</summary>
public sealed class Attempt(IAttempts attempts, params (AttemptRule Rule, string Key)[] rules)
{
    /// <summary>Counts one that is not judged: every one counts.</summary>
    /// <returns>How long to wait; null when it was counted.</returns>
    public async ValueTask<TimeSpan?> TakeAsync()
    {
        TimeSpan? wait = await BeginAsync();
        if (wait is null)
            await SettleAsync(rules.Length, counts: true);
        return wait;
    }

    /// <summary>Judges it in its place; only a wrong one counts, and none that the judgement threw at: it told nothing.</summary>
    /// <returns>How long to wait, and then nothing was judged; else null and the judgement.</returns>
    public async ValueTask<(TimeSpan? Wait, T? Judged)> JudgeAsync<T>(Func<ValueTask<T>> judge, Func<T, bool> isWrong)
    {
        if (await BeginAsync() is { } wait)
            return (wait, default);
        bool wasWrong = false;
        try
        {
            T judged = await judge();
            wasWrong = isWrong(judged);
            return (null, judged);
        }
        finally
        {
            await SettleAsync(rules.Length, wasWrong);
        }
    }

    private async ValueTask<TimeSpan?> BeginAsync()
    {
        for (int i = 0; i < rules.Length; i++)
        {
            if (await attempts.BeginAsync(rules[i].Rule, rules[i].Key) is { } wait)
            {
                await SettleAsync(i, counts: false);
                return wait;
            }
        }
        return null;
    }

    private async ValueTask SettleAsync(int begun, bool counts)
    {
        for (int i = 0; i < begun; i++)
            await attempts.SettleAsync(rules[i].Rule, rules[i].Key, counts);
    }
}
