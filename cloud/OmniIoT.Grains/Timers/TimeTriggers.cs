using Microsoft.Extensions.Hosting;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Timers;

/// <summary>
/// Looks each minute for what is open and fits a trigger of the time, and has storage find what it can; each acts once on a thing until
/// that is closed and opened again.
/// Every process of a cluster looks: what two find is done once, by its key.
/// </summary>
public sealed class TimeTriggers(
    CatalogKeeper catalog,
    IConversationQueries conversations,
    ICaseQueries cases,
    ICustomerQueries customers,
    IDeskActions actions,
    BackgroundLoops loops,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    /// <summary>Of what one trigger looks at in a minute: with the largest pages 10,000 conversations and as many cases.</summary>
    private const int PagesAtOnce = 20;

    /// <summary>Where a trigger goes on that could not look at all; by its id, and whether at cases.</summary>
    private readonly Dictionary<(string Trigger, bool IsOfCases), string> _places = [];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Beat, PartNames.Deliveries, "looking for what triggers of the time fit", LookAsync, stoppingToken);

    internal async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        Instant now = time.Now();
        foreach (Trigger trigger in catalog.Current.Desk.Triggers.Where(static one => one.Enabled && one.On is TriggerEvent.Time))
        {
            if (TimeScope.TalksFor(trigger, now) is { } talks)
                await EachAsync(
                    (trigger.Id, false),
                    page => conversations.ListAsync(talks, page, cancellationToken),
                    talk => LookAsync(talk, trigger, cancellationToken)
                );
            if (TimeScope.CasesFor(trigger) is { } open)
                await EachAsync(
                    (trigger.Id, true),
                    page => cases.ListAsync(open, page, cancellationToken),
                    one => LookAsync(one, trigger, cancellationToken)
                );
        }
    }

    private async Task LookAsync(Conversation talk, Trigger trigger, CancellationToken cancellationToken)
    {
        if (talk.Deeds.Contains(trigger.TimeKey()) || await customers.FindAsync(talk.CustomerId, cancellationToken) is not { } customer)
            return;
        if (!trigger.IsFor(TriggerEvent.Time, TriggerFacts.Of(talk, customer, null, time.Now())))
            return;
        await actions.DoAsync(
            new ActionsDue(trigger.TimeKey(), trigger.Actor, talk.CustomerId, trigger.Actions) { ConversationId = talk.Id },
            cancellationToken
        );
    }

    private async Task LookAsync(Case @case, Trigger trigger, CancellationToken cancellationToken)
    {
        string key = trigger.TimeKey(@case.ReopenedCount);
        if (@case.Deeds.Contains(key) || !trigger.IsFor(TriggerEvent.Time, TriggerFacts.Of(@case, time.Now())))
            return;
        await actions.DoAsync(
            new ActionsDue(key, trigger.Actor, @case.CustomerId, trigger.Actions) { CaseId = @case.Id, DeviceId = @case.DeviceId },
            cancellationToken
        );
    }

    /// <summary>Some pages of a list; the next look goes on behind them, and begins anew behind the last.</summary>
    private async Task EachAsync<T>((string Trigger, bool IsOfCases) place, Func<PageRequest, ValueTask<Page<T>>> list, Func<T, Task> look)
    {
        string? cursor = _places.GetValueOrDefault(place);
        for (int i = 0; i < PagesAtOnce; i++)
        {
            Page<T> page = await list(new PageRequest(cursor, PageRequest.MaximumLimit));
            foreach (T one in page.Items)
                await look(one);
            cursor = page.Next;
            if (cursor is null)
                break;
        }
        if (cursor is null)
            _places.Remove(place);
        else
            _places[place] = cursor;
    }
}
