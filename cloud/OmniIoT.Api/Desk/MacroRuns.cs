using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>
/// Has a stored macro done for whoever calls. What it does elsewhere needs the right to do that there: a command to a device, a change of
/// the case that a conversation is about, a reply to the customer of a case.
/// </summary>
internal sealed class MacroRuns(IDocumentQueries documents, AgentAccounts accounts, DeskActions actions)
{
    public async Task<Conversation> RunAsync(
        Conversation conversation,
        string macroId,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Macro macro = await RequireAsync(macroId, context, cancellationToken);
        if (
            conversation.CaseId is not null
            && macro.Actions.Any(static action => action.Resolve is not null || action.Set?.Priority is not null)
        )
            Require(context, "cases:write");
        ActOnConversation wanted = new(conversation.Id, macro.Actions, context.Caller().Actor)
        {
            ExpectedVersion = EntityTag.Expected(context.Request),
        };
        string? agent = await AutomationEndpoints.NameAsync(context, accounts, cancellationToken);
        return (await actions.RunAsync(conversation, wanted, agent, cancellationToken)).OrThrow();
    }

    public async Task<Case> RunAsync(Case @case, string macroId, HttpContext context, CancellationToken cancellationToken)
    {
        Macro macro = await RequireAsync(macroId, context, cancellationToken);
        if (macro.Actions.Any(static action => action.IsTalk))
            Require(context, "conversations:write");
        ActOnCase wanted = new(@case.Id, macro.Actions, context.Caller().Actor)
        {
            Queues = context.Bounds()?.Queues,
            ExpectedVersion = EntityTag.Expected(context.Request),
        };
        string? agent = await AutomationEndpoints.NameAsync(context, accounts, cancellationToken);
        return (await actions.RunAsync(@case, wanted, agent, cancellationToken)).OrThrow();
    }

    private async Task<Macro> RequireAsync(string macroId, HttpContext context, CancellationToken cancellationToken)
    {
        Document stored =
            await documents.FindAsync(DocumentKind.Macro, Query.Id(macroId), cancellationToken)
            ?? throw new ProblemException(Problem.NotFound("macro", macroId));
        using JsonDocument json = JsonDocument.Parse(stored.Json);
        Macro macro = AutomationReader.ReadMacro(macroId, json.RootElement).OrThrow();
        if (macro.Actions.Any(static action => action.Command is not null))
            Require(context, "commands:write");
        return macro;
    }

    private static void Require(HttpContext context, string right)
    {
        if (!context.Caller().Rights.Has(right))
            throw new ProblemException(
                Problem.Of(StatusCodes.Status403Forbidden, $"The macro does something that needs the right '{right}'.")
            );
    }
}
