namespace OmniIoT.Ports.Security;

/// <summary>One attempt that several rules count: it may be made when all of them admit it.</summary>
public sealed class Attempt(IAttempts attempts, params (AttemptRule Rule, string Key)[] rules)
{
    /// <summary>Counts one that is not judged: every one counts.</summary>
    /// <returns>How long to wait; null when it was counted.</returns>
    public async ValueTask<TimeSpan?> TakeAsync()
    {
        AttemptPlace place = await BeginAsync();
        if (place == AttemptPlace.Given)
            await SettleAsync(rules.Length, counts: true);
        return place.Pause;
    }

    /// <summary>Judges it in its place; only a wrong one counts, and none that the judgement threw at: it told nothing.</summary>
    /// <returns>Its place, and what it was judged to be; nothing where it has none.</returns>
    public async ValueTask<(AttemptPlace Place, T? Judged)> JudgeAsync<T>(Func<ValueTask<T>> judge, Func<T, bool> isWrong)
    {
        AttemptPlace place = await BeginAsync();
        if (place != AttemptPlace.Given)
            return (place, default);
        bool wasWrong = false;
        try
        {
            T judged = await judge();
            wasWrong = isWrong(judged);
            return (place, judged);
        }
        finally
        {
            await SettleAsync(rules.Length, wasWrong);
        }
    }

    private async ValueTask<AttemptPlace> BeginAsync()
    {
        for (int i = 0; i < rules.Length; i++)
        {
            AttemptPlace place = await attempts.BeginAsync(rules[i].Rule, rules[i].Key);
            if (place == AttemptPlace.Given)
                continue;
            await SettleAsync(i, counts: false);
            return place;
        }
        return AttemptPlace.Given;
    }

    private async ValueTask SettleAsync(int begun, bool counts)
    {
        for (int i = 0; i < begun; i++)
            await attempts.SettleAsync(rules[i].Rule, rules[i].Key, counts);
    }
}
