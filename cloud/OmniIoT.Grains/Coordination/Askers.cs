using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Voice;
using OmniIoT.Grains.Customers;
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
        IReadOnlyList<CustomerMemory> memories = await states.MemoriesAsync(members, cancellationToken);
        return memories
            .SelectMany(static memory => memory.Surveys)
            .Where(asked => asked.Read(words, now) is not null)
            .MaxBy(static asked => asked.SentAt)
            ?.CustomerId;
    }
}
