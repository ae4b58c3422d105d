using System.Buffers;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Turns;

// What is stored of it: read before its first turn and after a failure, written with each turn.
internal abstract partial class EntityGrain
{
    private async ValueTask LoadAsync(DecisionScope scope)
    {
        Snapshot? snapshot = await runtime.Outlook.Readers.Grains.LoadAsync(Id, CancellationToken.None);
        Load(snapshot, scope.Moment);
        if (LacksHistory)
            LoadHistory(await runtime.Outlook.Readers.Grains.LoadHistoryAsync(Id, CancellationToken.None));
        (_version, _storedDue, _isLoaded) = (snapshot?.Version ?? 0, null, true);
    }

    private void Save(Decision decision)
    {
        if (!Exists)
        {
            // It was removed, and may be made anew.
            _version = 0;
            return;
        }
        Instant? due = NextDue(decision.Moment);
        if (due is { } next && !(_storedDue <= next))
            _storedDue = next;
        ArrayBufferWriter<byte> buffer = runtime.Desk.Buffers.Get();
        buffer.ResetWrittenCount();
        byte[]? history = TakeHistory();
        byte[]? facts = Write(buffer);
        decision.Emit(new SaveGrain(Id, buffer.WrittenSpan.ToArray(), facts, _storedDue, _version) { History = history });
        runtime.Desk.Buffers.Return(buffer);
        _version++;
    }
}
