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

/// <summary>Has a stored macro done for whoever calls. A command needs the right to send one.</summary>
internal sealed class MacroRuns(IDocumentQueries documents, AgentAccounts accounts, DeskActions actions)
{
    private const string Commanding = "commands:write";

    public async Task<Conversation> RunAsync(
        Conversation conversation,
        string macroId,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Macro macro = await RequireAsync(macroId, context, cancellationToken);
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
        ActOnCase wanted = new(@case.Id, macro.Actions, context.Caller().Actor) { ExpectedVersion = EntityTag.Expected(context.Request) };
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
        bool commands = macro.Actions.Any(static action => action.Command is not null);
        return commands && !context.Caller().Rights.Has(Commanding)
            ? throw new ProblemException(
                Problem.Of(StatusCodes.Status403Forbidden, "The macro sends a command, which needs the right to send one.")
            )
            : macro;
    }
}
