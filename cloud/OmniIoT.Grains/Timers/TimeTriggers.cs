using Microsoft.Extensions.Hosting;
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
/// Looks each minute for what is open and fits a trigger of the time; each acts once on a thing until that is closed and opened again.
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

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        loops.RunEveryAsync(Beat, PartNames.Deliveries, "looking for what triggers of the time fit", LookAsync, stoppingToken);

    internal async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        Trigger[] triggers = [.. catalog.Current.Desk.Triggers.Where(static trigger => trigger.On is TriggerEvent.Time)];
        if (triggers.Length == 0)
            return;
        ConversationFilter open = new(ConversationStatus.Open);
        await EachAsync(
            page => conversations.ListAsync(open, page, cancellationToken),
            talk => LookAsync(talk, triggers, cancellationToken)
        );
        CaseFilter unresolved = new() { Unresolved = true };
        await EachAsync(page => cases.ListAsync(unresolved, page, cancellationToken), one => LookAsync(one, triggers, cancellationToken));
    }

    private async Task LookAsync(Conversation talk, Trigger[] triggers, CancellationToken cancellationToken)
    {
        Trigger[] left = [.. triggers.Where(trigger => !talk.Deeds.Contains(trigger.TimeKey()))];
        if (left.Length == 0 || await customers.FindAsync(talk.CustomerId, cancellationToken) is not { } customer)
            return;
        TriggerFacts facts = TriggerFacts.Of(talk, customer, null, time.Now());
        foreach (Trigger trigger in left.Where(trigger => trigger.IsFor(TriggerEvent.Time, facts)))
        {
            await actions.DoAsync(
                new ActionsDue(trigger.TimeKey(), trigger.Actor, talk.CustomerId, trigger.Actions) { ConversationId = talk.Id },
                cancellationToken
            );
        }
    }

    private async Task LookAsync(Case @case, Trigger[] triggers, CancellationToken cancellationToken)
    {
        TriggerFacts facts = TriggerFacts.Of(@case, time.Now());
        foreach (Trigger trigger in triggers)
        {
            string key = trigger.TimeKey(@case.ReopenedCount);
            if (@case.Deeds.Contains(key) || !trigger.IsFor(TriggerEvent.Time, facts))
                continue;
            await actions.DoAsync(
                new ActionsDue(key, trigger.Actor, @case.CustomerId, trigger.Actions) { CaseId = @case.Id, DeviceId = @case.DeviceId },
                cancellationToken
            );
        }
    }

    private static async Task EachAsync<T>(Func<PageRequest, ValueTask<Page<T>>> list, Func<T, Task> look)
    {
        string? cursor = null;
        do
        {
            Page<T> page = await list(new PageRequest(cursor, PageRequest.MaximumLimit));
            foreach (T one in page.Items)
                await look(one);
            cursor = page.Next;
        } while (cursor is not null);
    }
}
