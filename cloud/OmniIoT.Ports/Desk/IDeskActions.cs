using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Ports.Desk;

/// <summary>Does what triggers, and the parts of macros that another has to do, want done.</summary>
public interface IDeskActions
{
    /// <summary>Asked again with the same key it changes nothing. What may not be done is told in a note.</summary>
    Task DoAsync(ActionsDue due, CancellationToken cancellationToken);

    /// <summary>Tells whoever has the talk with a case's customer that it was resolved.</summary>
    Task TellAsync(CaseEnded ended, CancellationToken cancellationToken);

    /// <summary>Asks a language model, and tells whoever has the talk with the customer.</summary>
    Task AskAsync(ModelAsked asked, CancellationToken cancellationToken);

    /// <summary>Gives whoever has the talk with a customer what that one was promised.</summary>
    Task TellAsync(CallBackHandedOn handed, CancellationToken cancellationToken);
}
