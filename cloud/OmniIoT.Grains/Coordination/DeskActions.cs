using System.Globalization;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Has macros and triggers done by whom they concern. Conversation, case and device have a grain each: the first of them decides, or
/// refuses all; what is left is looked at before, and follows by a letter of the same commit.
/// </summary>
public sealed class DeskActions(
    IGrains grains,
    Talks talks,
    ModelAdvice advice,
    ReplyWords words,
    ICaseQueries cases,
    IConversationQueries conversations,
    ActionHindrances hindrances
) : IDeskActions
{
    /// <summary>After a deed's key: the telling of it is a deed of its own.</summary>
    private const string ToldSuffix = ":told";

    /// <summary>A macro on a conversation. Commands go to its device; its case is resolved with it.</summary>
    /// <param name="agentName">Who has it done; null: a program.</param>
    public async Task<Reply<Conversation>> RunAsync(
        Conversation conversation,
        ActOnConversation wanted,
        string? agentName,
        CancellationToken cancellationToken
    )
    {
        ReplySubject subject = new(conversation.CustomerId, conversation.DeviceId, conversation.CaseId, agentName);
        IReadOnlyList<DeskAction> filled = await words.FillAsync(wanted.Actions, subject, cancellationToken);
        Case? about = conversation.CaseId is { } caseId ? await cases.FindAsync(caseId, cancellationToken) : null;
        List<DeskAction> rest = [.. filled.Select(action => RestOf(action, about)).OfType<DeskAction>()];
        Rejection? hindrance =
            FindMisfit(filled, about) ?? await hindrances.FindAsync(rest, conversation.DeviceId, about, cancellationToken);
        if (hindrance is not null)
            return hindrance;
        return await grains
            .Customer(conversation.CustomerId)
            .ActOnConversationAsync(
                wanted with
                {
                    Actions = [.. filled.Where(static action => action.Command is null)],
                    Then =
                        rest.Count == 0
                            ? null
                            : new ActionsDue("", wanted.Actor, conversation.CustomerId, rest)
                            {
                                CaseId = about?.Id,
                                DeviceId = conversation.DeviceId,
                                ToldIn = conversation.Id,
                            },
                }
            );
    }

    public async Task TellAsync(CaseEnded ended, CancellationToken cancellationToken) =>
        await (await talks.TalkerAsync(ended.CustomerId, cancellationToken)).TakeCaseEndAsync(ended);

    public async Task TellAsync(CallBackHandedOn handed, CancellationToken cancellationToken)
    {
        if (await talks.GoesOnInAsync(handed.CallBack.ConversationId, cancellationToken) is { } talk)
            await grains
                .Customer(talk.CustomerId)
                .TakeCallBackAsync(handed with { CallBack = handed.CallBack with { ConversationId = talk.Id } });
        else
            await (await talks.TalkerAsync(handed.CustomerId, cancellationToken)).TakeCallBackAsync(handed);
    }

    public Task AskAsync(ModelAsked asked, CancellationToken cancellationToken) => advice.AskAsync(asked, cancellationToken);

    /// <summary>A macro on a case. Replies go to the conversation with its customer.</summary>
    /// <inheritdoc cref="RunAsync(Conversation, ActOnConversation, string?, CancellationToken)"/>
    public async Task<Reply<Case>> RunAsync(Case @case, ActOnCase wanted, string? agentName, CancellationToken cancellationToken)
    {
        if (@case.Deeds.HasDone(wanted.Key))
            return @case;
        ReplySubject subject = new(@case.CustomerId, @case.DeviceId, @case.Id, agentName);
        IReadOnlyList<DeskAction> filled = await words.FillAsync(wanted.Actions, subject, cancellationToken);
        if (!filled.Any(static action => action.IsTalk))
            return await grains.Of(@case.Owner).ActOnCaseAsync(wanted with { Actions = filled });
        if (@case.CustomerId is not { } customer)
            return Rejection.Conflict("NoCustomer", "The case has no customer whom a reply could reach.");
        if (wanted.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        List<DeskAction> rest = [.. filled.Where(static action => !action.IsTalk)];
        if (await hindrances.FindAsync(rest, @case.DeviceId, @case, cancellationToken) is { } hindrance)
            return hindrance;
        ActOnConversation talk = new(null, [.. filled.Where(static action => action.IsTalk)], wanted.Actor)
        {
            // The conversation may be about other cases too, and has deeds of its own.
            Key = wanted.Key is { } key ? $"{key}:{@case.Id}" : null,
            CaseId = @case.Id,
            Queues = wanted.Queues,
            Then =
                rest.Count == 0 ? null : new ActionsDue("", wanted.Actor, customer, rest) { CaseId = @case.Id, DeviceId = @case.DeviceId },
        };
        Reply<Conversation> reply = await (await talks.TalkerAsync(customer, cancellationToken)).ActOnConversationAsync(talk);
        if (reply.Rejection is { } refused)
            return refused;
        return wanted.Key is null
            ? @case
            : await grains.Of(@case.Owner).ActOnCaseAsync(wanted with { Actions = [], ExpectedVersion = null });
    }

    public async Task DoAsync(ActionsDue due, CancellationToken cancellationToken)
    {
        if (due.ConversationId is { } talk && await conversations.FindAsync(talk, cancellationToken) is { } conversation)
        {
            ActOnConversation wanted = new(talk, due.Actions, due.Actor) { Key = due.Key };
            Reply<Conversation> reply = await RunAsync(conversation, wanted, null, cancellationToken);
            if (reply.Rejection is { } refused)
                await grains.Customer(conversation.CustomerId).ActOnConversationAsync(wanted with { Actions = [Told(refused)] });
        }
        else if (due.CaseId is { } id && await cases.FindAsync(id, cancellationToken) is { } @case)
        {
            // Of a conversation that is about a case and about another device.
            string? otherDevice = due.DeviceId != @case.DeviceId ? due.DeviceId : null;
            IReadOnlyList<DeskAction> own = otherDevice is null
                ? due.Actions
                : [.. due.Actions.Where(static action => action.Command is null)];
            ActOnCase wanted = new(id, own, due.Actor) { Key = due.Key };
            Reply<Case> reply = await RunAsync(@case, wanted, null, cancellationToken);
            if (reply.Rejection is { } refused)
                await grains.Of(@case.Owner).ActOnCaseAsync(wanted with { Actions = [Told(refused)] });
            if (otherDevice is not null && await CommandAsync(otherDevice, due) is { } undone)
                await grains.Of(@case.Owner).ActOnCaseAsync(wanted with { Actions = [Told(undone)], Key = due.Key + ToldSuffix });
        }
        else if (due.DeviceId is { } device && await CommandAsync(device, due) is { } undone && due.ToldIn is { } told)
        {
            ActOnConversation note = new(told, [Told(undone)], due.Actor) { Key = due.Key + ToldSuffix };
            await grains.Customer(due.CustomerId!).ActOnConversationAsync(note);
        }
    }

    /// <returns>Why the first that was not accepted was not; null: all were.</returns>
    private async Task<Rejection?> CommandAsync(string device, ActionsDue due)
    {
        Rejection? first = null;
        int number = 0;
        foreach (CommandOrder order in due.Actions.Select(static action => action.Command).OfType<CommandOrder>())
        {
            string id = $"{due.Key}-{(number++).ToString(CultureInfo.InvariantCulture)}";
            Reply<DeviceCommand> sent = await grains
                .Device(device)
                .SendCommandAsync(new SendCommand(order.Name, order.Arguments?.DeepClone(), null, due.Actor) { Id = id });
            first ??= sent.Rejection;
        }
        return first;
    }

    private static DeskAction Told(Rejection refused) => new() { Note = $"Not done: {refused.Message}" };

    /// <summary>What of an action on a conversation is for its case or its device; null: nothing.</summary>
    private static DeskAction? RestOf(DeskAction action, Case? about) =>
        action switch
        {
            { Command: not null } => action,
            { Resolve: not null } when about?.IsUnresolved is true => action,
            { Set.Priority: { } priority } when about is not null => new DeskAction { Set = new SetFields(Priority: priority) },
            _ => null,
        };

    /// <summary>What only a case can have, asked of a conversation without one; null: nothing.</summary>
    private static Rejection? FindMisfit(IReadOnlyList<DeskAction> actions, Case? about) =>
        about is null && actions.Any(static action => action.Set?.Priority is not null)
            ? Rejection.Conflict("NoCase", "The conversation is about no case that could have a priority.")
        : actions.Any(static action => action.Set?.Status is CaseStatus.Pending)
            ? Rejection.Conflict("ConversationNotPending", "A conversation is open or closed; only a case is pending.")
        : null;
}
