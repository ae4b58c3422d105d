using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Cases;

/// <summary>What whoever owns a case can do with it, each on the case as it is by then.</summary>
internal interface ICaseHands
{
    Reply<Case> Change(ChangeCase change, Case known);

    Reply<Case> Resolve(ResolveCase resolve, Case known);

    Case Note(NoteCase note, Case known);

    /// <summary>Null: it was sent.</summary>
    Rejection? Send(SendCommand command);

    /// <summary>Writes the case as it is.</summary>
    Case Keep(Case done);
}
