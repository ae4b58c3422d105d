using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Finds who asked what somebody answers: of a person who was several customers each asked by itself, and another of them may have the
/// conversation by now.
/// </summary>
public sealed class Askers(IGrainStore states, ICatalog catalog, TimeProvider time)
{
    /// <summary>Who asked last; null: the words answer nothing that was asked, or the person was never several.</summary>
    public async ValueTask<string?> FindAsync(string customerId, ReceiveMessage words, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> members = catalog.Merges.MembersOf(customerId);
        if (members.Count == 1 || !SurveyReply.MayBe(words.Text))
            return null;
        Instant now = time.Now();
        List<SurveyRequest> asked = [];
        foreach (string member in members)
        {
            if (await states.LoadAsync(EntityId.Customer(member), cancellationToken) is { } stored)
                asked.AddRange(CustomerState.Read(stored.State).Facts.Surveys);
        }
        return asked.Where(one => one.Read(words, now) is not null).MaxBy(static one => one.SentAt)?.CustomerId;
    }
}
