using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Places;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Customers;

/// <summary>
/// Decides on the offers that a customer's visits have triggered. Rare beside the messages, so what the decision must know of
/// devices, cases and campaigns is read only then.
/// </summary>
internal static class OfferDecisions
{
    private static readonly PageRequest All = new(null, PageRequest.MaximumLimit);
    private static readonly PageRequest One = new(null, 1);

    public static async ValueTask DecideAsync(CustomerDecider customer, Decision decision, EntityReaders readers)
    {
        IReadOnlyList<(Campaign Campaign, VisitEvent Event)> triggered = customer.TakeTriggered();
        if (triggered.Count == 0)
            return;
        string customerId = customer.State.Facts.Customer.Id;
        OfferSurroundings surroundings = await LookAroundAsync(customerId, triggered.Select(pair => pair.Campaign), readers);
        IReadOnlyList<CustomerMemory> person = [customer.State.Facts, .. await OthersAsync(customer, readers)];
        surroundings = surroundings with
        {
            Troubles =
                surroundings.Troubles
                | (person.Any(part => part.IsDissatisfied) ? Suppression.LowSatisfaction : Suppression.None)
                | (await IsFollowedUpAsync(person, readers) ? Suppression.FollowUp : Suppression.None),
            OffersOfOthers = [.. person.Skip(1).SelectMany(part => part.History)],
        };
        foreach ((Campaign campaign, VisitEvent visit) in triggered)
            customer.Decide(decision, campaign, visit, surroundings);
    }

    private static async ValueTask<OfferSurroundings> LookAroundAsync(
        string customerId,
        IEnumerable<Campaign> campaigns,
        EntityReaders readers
    )
    {
        Page<DeviceRegistration> devices = await readers.Devices.ListAsync(
            new DeviceFilter(CustomerId: customerId),
            All,
            CancellationToken.None
        );
        Page<Case> cases = await readers.Desk.Cases.ListAsync(
            new CaseFilter { CustomerId = customerId, Unresolved = true },
            One,
            CancellationToken.None
        );
        Suppression troubles = cases.Items.Count > 0 ? Suppression.OpenCase : Suppression.None;
        AlarmFilter critical = new(State: AlarmState.Active, Severity: Severity.Critical, OwnerId: customerId);
        Page<Alarm> alarms = await readers.Alarms.ListAsync(critical, One, CancellationToken.None);
        if (alarms.Items.Count > 0)
            troubles |= Suppression.CriticalAlarm;
        Dictionary<string, long> sent = new(StringComparer.Ordinal);
        foreach (Campaign campaign in campaigns.Where(campaign => campaign.Budget is not null).DistinctBy(campaign => campaign.Id))
            sent[campaign.Id] = (await readers.Campaigns.ReportAsync(campaign.Id, CancellationToken.None)).Sent;
        return new OfferSurroundings(troubles, [.. devices.Items.Select(device => device.Model).Distinct()], sent, []);
    }

    private static async ValueTask<bool> IsFollowedUpAsync(IEnumerable<CustomerMemory> person, EntityReaders readers)
    {
        foreach (string caseId in person.Select(static part => part.FollowUpCaseId).OfType<string>())
        {
            if (await readers.Desk.Cases.FindAsync(caseId, CancellationToken.None) is { IsUnresolved: true })
                return true;
        }
        return false;
    }

    /// <summary>What the other grains of the same person remember, as last committed.</summary>
    public static ValueTask<IReadOnlyList<CustomerMemory>> OthersAsync(CustomerDecider customer, EntityReaders readers) =>
        readers.Grains.MemoriesAsync(
            (customer.Person?.MemberIds ?? []).Where(member => member != customer.State.Facts.Customer.Id),
            CancellationToken.None
        );
}
