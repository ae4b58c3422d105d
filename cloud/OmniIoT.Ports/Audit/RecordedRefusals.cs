using Microsoft.Extensions.Hosting;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Ports.Audit;

/// <summary>Something that somebody was not let do.</summary>
/// <param name="Outcome">One of those of <see cref="AuditActions"/>.</param>
public sealed record Refusal(Origin Origin, string Action, string Subject, string Outcome);

/// <summary>
/// Puts refusals on record without letting those who guess fill the disk: the first of its kind is written at once, the others of the
/// same minute are counted and written as one when it is over. Of many kinds in one minute, a guesser with many names or addresses, those
/// beyond the first hundred are counted together.
/// </summary>
public sealed class RecordedRefusals(Records records, BackgroundLoops loops, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan CountedTogether = TimeSpan.FromMinutes(1);

    public const int MaximumKinds = 100;

    private readonly Lock _lock = new();
    private Dictionary<Refusal, long> _more = [];

    public async Task AddAsync(Refusal refusal)
    {
        if (IsFirst(refusal) && !await records.TryWriteAsync(refusal.Origin, refusal.Action, refusal.Subject, refusal.Outcome))
            Count(refusal, 1);
    }

    /// <summary>Writes what was counted, last of all when the process stops.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunAsync(
            PartNames.Storage,
            "counting refusals",
            async token =>
            {
                await Task.Delay(CountedTogether, time, token);
                await WriteAsync();
            },
            static _ => ValueTask.CompletedTask,
            stoppingToken
        );

    private bool IsFirst(Refusal refusal)
    {
        lock (_lock)
        {
            if (_more.ContainsKey(refusal) || _more.Count >= MaximumKinds)
            {
                Count(refusal, 1);
                return false;
            }
            _more.Add(refusal, 0);
            return true;
        }
    }

    private void Count(Refusal refusal, long times)
    {
        lock (_lock)
        {
            Refusal counted =
                _more.ContainsKey(refusal) || _more.Count < MaximumKinds
                    ? refusal
                    : new Refusal(new Origin(Origin.Anonymous, null), refusal.Action, "others:*", refusal.Outcome);
            _more[counted] = _more.GetValueOrDefault(counted) + times;
        }
    }

    private async Task WriteAsync()
    {
        Dictionary<Refusal, long> counted;
        lock (_lock)
            (counted, _more) = (_more, []);
        foreach ((Refusal refusal, long times) in counted.Where(more => more.Value > 0))
        {
            if (!await records.TryWriteAsync(refusal.Origin, refusal.Action, refusal.Subject, refusal.Outcome, times))
                Count(refusal, times);
        }
    }
}
