using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Devices;

// What macros and triggers do to the device's cases.
public sealed partial class DeviceDecider
{
    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, ActOnCase request, Case stored)
    {
        DeviceFacts before = _state.Facts;
        Reply<Case> reply = decision.ActAll(request, Current(stored), new Hands(this, decision));
        if (reply.Rejection is not null)
            _state.Facts = before;
        return reply;
    }

    private sealed class Hands(DeviceDecider device, Decision decision) : ICaseHands
    {
        public Reply<Case> Change(ChangeCase change, Case known) => device.Handle(decision, change, known);

        public Reply<Case> Resolve(ResolveCase resolve, Case known) => device.Handle(decision, resolve, known);

        public Case Note(NoteCase note, Case known) => device.Remember(decision.Note(device.Current(known), note).Case);

        public Rejection? Send(SendCommand command) => device.Handle(decision, command).Rejection;

        public Case Keep(Case done)
        {
            decision.Emit(new PutCase(done));
            return device.Remember(done);
        }
    }
}
