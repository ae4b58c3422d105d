using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Cases;
using OmniIoT.Api.Conversations;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>Words and deeds that are written once and used often: canned replies, macros, triggers.</summary>
internal static class AutomationEndpoints
{
    public static void MapAutomation(this IEndpointRouteBuilder api)
    {
        api.MapGroup("/replies")
            .WithTags("Automation")
            .MapAll<CannedReplyBody, CannedReply>(DocumentKind.Reply, "canned replies", "a canned reply", AutomationReader.ReadReply);
        api.MapGroup("/macros")
            .WithTags("Automation")
            .MapAll<MacroBody, Macro>(DocumentKind.Macro, "macros", "a macro", AutomationReader.ReadMacro);
        api.MapGroup("/triggers")
            .WithTags("Automation")
            .MapAll<TriggerBody, Trigger>(DocumentKind.Trigger, "triggers", "a trigger", AutomationReader.ReadTrigger, AskedBy);
        api.MapGet("/conversations/{id}/replies/{replyId}", FillAsync)
            .WithTags("Automation")
            .Shows<FilledReply>("A canned reply with the names and values of a conversation filled in; sends nothing.");
        api.MapPost("/conversations/{id}/macros/{macroId}", RunOnConversationAsync)
            .WithTags("Automation")
            .WithSummary("Does all that a macro says in a conversation, or nothing; what is its case's or device's follows at once.")
            .Produces<Conversation>()
            .Fails(401, 403, 404, 409, 412, 422);
        api.MapPost("/cases/{id}/macros/{macroId}", RunOnCaseAsync)
            .WithTags("Automation")
            .WithSummary("Does all that a macro says to a case, or nothing; replies go to its customer.")
            .Produces<Case>()
            .Fails(401, 403, 404, 409, 412, 422);
    }

    /// <summary>A trigger acts by itself, so that whoever writes one needs the rights to do what it does.</summary>
    private static RightSet AskedBy(Trigger trigger) =>
        trigger.Actions.Aggregate(
            RightSet.None,
            static (all, action) =>
                all
                | RightSet.Of(
                    action switch
                    {
                        { Command: not null } => ["commands:write"],
                        { Reply: not null } => ["conversations:write"],
                        _ => ["cases:write", "conversations:write"],
                    }
                )
        );

    /// <summary>The conversation as far as the caller's bounds reach: without a case or a device outside of them.</summary>
    private static async ValueTask<Conversation> WithinAsync(
        HttpContext context,
        Conversation conversation,
        CancellationToken cancellationToken
    )
    {
        return conversation with
        {
            CaseId = await NameableAsync(BoundKind.Case, conversation.CaseId),
            DeviceId = await NameableAsync(BoundKind.Device, conversation.DeviceId),
        };

        async ValueTask<string?> NameableAsync(BoundKind kind, string? id) =>
            id is not null && await CallBounds.MayNameAsync(context, kind, id, cancellationToken) ? id : null;
    }

    private static async Task<IResult> FillAsync(
        string id,
        string replyId,
        HttpContext context,
        IConversationQueries conversations,
        AgentAccounts accounts,
        ReplyWords words,
        CancellationToken cancellationToken
    )
    {
        Conversation named = await conversations.RequireAsync(context, id, cancellationToken);
        Conversation conversation = await WithinAsync(context, named, cancellationToken);
        ReplySubject subject = new(
            conversation.CustomerId,
            conversation.DeviceId,
            conversation.CaseId,
            await NameAsync(context, accounts, cancellationToken)
        );
        string text =
            await words.OfReplyAsync(Query.Id(replyId), subject, cancellationToken)
            ?? throw new ProblemException(Problem.NotFound("reply", replyId));
        return TypedResults.Ok(new FilledReply(text));
    }

    private static async Task<IResult> RunOnConversationAsync(
        string id,
        string macroId,
        HttpContext context,
        IConversationQueries conversations,
        MacroRuns runs,
        CancellationToken cancellationToken
    )
    {
        Conversation named = await conversations.RequireAsync(context, id, cancellationToken);
        Conversation conversation = await WithinAsync(context, named, cancellationToken);
        Conversation changed = await runs.RunAsync(conversation, macroId, context, cancellationToken);
        return EntityTag.Tagged(context.Response, changed, changed.Version);
    }

    private static async Task<IResult> RunOnCaseAsync(
        string id,
        string macroId,
        HttpContext context,
        ICaseQueries cases,
        MacroRuns runs,
        CancellationToken cancellationToken
    )
    {
        Case changed = await runs.RunAsync(await cases.RequireAsync(id, cancellationToken), macroId, context, cancellationToken);
        return EntityTag.Tagged(context.Response, changed, changed.Version);
    }

    /// <summary>The agent who asks; null: a program.</summary>
    internal static async ValueTask<string?> NameAsync(HttpContext context, AgentAccounts accounts, CancellationToken cancellationToken) =>
        context.Caller() is AgentCaller agent ? (await accounts.FindAsync(agent.Id, cancellationToken))?.Name : null;
}
