using System.Globalization;
using OmniIoT.Devices;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>Whom and what words are about; null: nobody, nothing.</summary>
/// <param name="AgentName">Who writes them.</param>
public sealed record ReplySubject(string? CustomerId, string? DeviceId, string? CaseId, string? AgentName);

/// <summary>Fills names, numbers and newest values into the words of replies, macros and triggers.</summary>
public sealed class ReplyWords(
    ICustomerQueries customers,
    IDeviceQueries devices,
    ICaseQueries cases,
    ITwinQueries twins,
    IDocumentQueries documents
)
{
    private const string Opening = "{{";

    /// <summary>The words of a canned reply, filled; null: there is no such reply.</summary>
    public async Task<string?> OfReplyAsync(string replyId, ReplySubject subject, CancellationToken cancellationToken) =>
        await FindReplyAsync(replyId, cancellationToken) is { } reply ? await FillAsync(reply.Text, subject, cancellationToken) : null;

    /// <summary>The same actions with words that are ready to be read.</summary>
    public async Task<IReadOnlyList<DeskAction>> FillAsync(
        IReadOnlyList<DeskAction> actions,
        ReplySubject subject,
        CancellationToken cancellationToken
    )
    {
        List<DeskAction> filled = [];
        foreach (DeskAction action in actions)
            filled.Add(await FillAsync(action, subject, cancellationToken));
        return filled;
    }

    private async Task<DeskAction> FillAsync(DeskAction action, ReplySubject subject, CancellationToken cancellationToken)
    {
        if (action.Reply is { } words)
        {
            CannedReply? canned = Identifier.IsValid(words) ? await FindReplyAsync(words, cancellationToken) : null;
            return action with { Reply = await FillAsync(canned?.Text ?? words, subject, cancellationToken) };
        }
        if (action.Note is { } note)
            return action with { Note = await FillAsync(note, subject, cancellationToken) };
        if (action.Resolve is { Resolution: { } resolution })
            return action with { Resolve = new ResolveOrder(await FillAsync(resolution, subject, cancellationToken)) };
        return action.Transfer is { Note: { } why } transfer
            ? action with
            {
                Transfer = transfer with { Note = await FillAsync(why, subject, cancellationToken) },
            }
            : action;
    }

    private async Task<string> FillAsync(string text, ReplySubject subject, CancellationToken cancellationToken) =>
        text.Contains(Opening, StringComparison.Ordinal) ? ReplyNames.Fill(text, await ValuesAsync(subject, cancellationToken)) : text;

    private async Task<Dictionary<string, string?>> ValuesAsync(ReplySubject subject, CancellationToken cancellationToken)
    {
        Dictionary<string, string?> values = new(StringComparer.Ordinal) { [ReplyNames.AgentName] = subject.AgentName };
        if (subject.CustomerId is { } customer)
            values[TemplateNames.CustomerName] = (await customers.FindAsync(customer, cancellationToken))?.Name;
        if (subject.CaseId is { } caseId && await cases.FindAsync(caseId, cancellationToken) is { } known)
            values[ReplyNames.CaseNumber] = known.Number.ToString(CultureInfo.InvariantCulture);
        if (subject.DeviceId is not { } device)
            return values;
        values[TemplateNames.DeviceName] = (await devices.FindAsync(device, cancellationToken))?.Name ?? device;
        if (await twins.FindAsync(device, cancellationToken) is not { } twin)
            return values;
        foreach ((string metric, TwinValue value) in twin.Values)
            values[ReplyNames.DeviceValue + metric] = value.Value?.ToString();
        return values;
    }

    private async ValueTask<CannedReply?> FindReplyAsync(string id, CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Reply, id, cancellationToken) is { } stored ? DeskDocuments.ReadReply(stored) : null;
}
