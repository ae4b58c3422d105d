using OmniIoT.Domain.Answers.Bots;

namespace OmniIoT.Domain.Calls;

/// <summary>One turn of a call on its way through the nodes, until one waits for the caller or the call ends.</summary>
internal sealed class FlowWalk(Flow flow, CallView view)
{
    private readonly List<CallAct> _acts = [];
    private readonly List<string> _path = [];

    public CallView View => view;

    public FlowWalk Saying(string text)
    {
        if (text.Length > 0)
            _acts.Add(CallAct.Say(text));
        return this;
    }

    /// <summary>Flows have no way back that does not wait, so that a turn sees no node twice.</summary>
    public CallStep From(string id)
    {
        string node = id;
        while (_path.Count <= flow.Nodes.Count)
        {
            _path.Add(node);
            if (flow.Find(node) is not { } found)
                return ToPerson(node);
            if (Take(found) is not { } next)
                return Step(node);
            node = next;
        }
        return ToPerson(node);
    }

    public CallStep AskAgain(string node, FlowNode.Gather gather, int tries)
    {
        _path.Add(node);
        Saying(gather.Again?.In(view.Locale) ?? BotWords.Of("voiceAgain", view.Locale));
        _acts.Add(GatherOf(gather));
        return new CallStep(new CallPosition(node, tries), _acts, _path);
    }

    public CallStep End(string node)
    {
        _acts.Add(new CallAct(CallActKind.Hangup));
        return Step(node);
    }

    /// <summary>Nobody knows how it goes on: a person does.</summary>
    public CallStep ToPerson(string node)
    {
        Enqueue(view.Queue, new FlowMusic(IsSilent: false, null));
        return Step(node);
    }

    private CallStep Step(string node) => new(new CallPosition(node), _acts, _path);

    /// <returns>The node that comes next; null: the caller's turn, or the end.</returns>
    private string? Take(FlowNode node)
    {
        switch (node)
        {
            case FlowNode.Say say:
                Saying(say.Text.In(view.Locale));
                return say.Next;
            case FlowNode.SayDeviceStatus status:
                Saying(StatusOfDevices());
                return status.Next;
            case FlowNode.Branch branch:
                return branch.Ways.FirstOrDefault(way => way.When.Holds(view.ValueOf))?.Next ?? branch.Otherwise;
            case FlowNode.Gather gather:
                _acts.Add(GatherOf(gather));
                return null;
            case FlowNode.Queue queue:
                Enqueue(queue.Id, queue.Music);
                return null;
            case FlowNode.CallBack callBack:
                return PromiseCall(callBack);
            case FlowNode.SendLink link:
                return Send(link);
            case FlowNode.Voicemail voicemail:
                Saying(BotWords.Of("voiceLeaveMessage", view.Locale));
                _acts.Add(new CallAct(CallActKind.Voicemail) { Queue = voicemail.QueueId });
                return null;
            default:
                _acts.Add(new CallAct(CallActKind.Hangup));
                return null;
        }
    }

    private string StatusOfDevices() =>
        view.Facts.Devices.Count == 0
            ? BotWords.Of("voiceNoDevice", view.Locale)
            : BotWords.OfDevices(
                new BotQuestion("", view.Locale)
                {
                    Devices = view.Facts.Devices,
                    IsByCustomer = true,
                    Now = view.Now,
                    Zone = view.Zone,
                }
            );

    private CallAct GatherOf(FlowNode.Gather gather) =>
        new(CallActKind.Gather)
        {
            Digits = gather.Digits,
            Speech = gather.Speech,
            Hints = [.. gather.Choices.SelectMany(choice => choice.Words.GetValueOrDefault(view.Locale) ?? []).Distinct()],
        };

    private void Enqueue(string queue, FlowMusic music)
    {
        string place = (view.WaitingIn(queue) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        Saying(BotWords.Of("voicePlace", view.Locale, ("place", place)));
        _acts.Add(
            new CallAct(CallActKind.Queue)
            {
                Queue = queue,
                IsSilent = music.IsSilent,
                Music = music.Address,
            }
        );
    }

    /// <summary>Whose number is not known cannot be called: they wait for a person instead.</summary>
    private string? PromiseCall(FlowNode.CallBack callBack)
    {
        if (!view.HasNumber)
        {
            Saying(BotWords.Of("voiceNoNumber", view.Locale));
            Enqueue(callBack.QueueId ?? view.Queue, new FlowMusic(IsSilent: false, null));
            return null;
        }
        _acts.Add(new CallAct(CallActKind.Callback) { Queue = callBack.QueueId ?? view.Queue });
        Saying(BotWords.Of("voiceCallBack", view.Locale));
        return OrHangUp(callBack.Next);
    }

    private string? Send(FlowNode.SendLink link)
    {
        if (!view.HasNumber || !view.MayLink(link.Channel))
        {
            Saying(BotWords.Of(view.HasNumber ? "voiceNoLink" : "voiceNoNumber", view.Locale));
            return OrHangUp(link.Next);
        }
        string text = link.Text?.In(view.Locale) ?? BotWords.Of("voiceLink", view.Locale);
        _acts.Add(new CallAct(CallActKind.SendLink) { Channel = link.Channel, Text = text });
        Saying(BotWords.Of("voiceLinkSent", view.Locale));
        return OrHangUp(link.Next);
    }

    private string? OrHangUp(string? next)
    {
        if (next is null)
            _acts.Add(new CallAct(CallActKind.Hangup));
        return next;
    }
}
