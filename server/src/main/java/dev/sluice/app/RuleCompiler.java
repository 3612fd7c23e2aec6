package dev.sluice.app;

import dev.sluice.config.CorsSettings;
import dev.sluice.config.HeaderEdits;
import dev.sluice.config.MatchSettings;
import dev.sluice.config.RedirectSettings;
import dev.sluice.config.RuleSettings;
import dev.sluice.config.SecuritySettings;
import dev.sluice.config.TemplateSettings;
import dev.sluice.http.CaptureTemplate;
import dev.sluice.http.Glob;
import dev.sluice.http.Method;
import dev.sluice.plan.Action;
import dev.sluice.plan.Cors;
import dev.sluice.plan.Match;
import dev.sluice.plan.RedirectTarget;
import dev.sluice.plan.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From the settings of rules, which have been checked, to the rules that the planner knows. */
final class RuleCompiler {
    private static final int FORBIDDEN = 403;

    private RuleCompiler() {}

    static Rule compile(RuleSettings settings) {
        Match match = match(settings.match());
        int captures = match.captureCount();
        List<Action> actions = new ArrayList<>();
        before(settings, captures, actions);
        after(settings, actions);
        return new Rule(match, actions);
    }

    private static Match match(MatchSettings settings) {
        Set<Method> methods = settings.method().stream().map(Method::of).collect(Collectors.toSet());
        return new Match(
                settings.path().stream().map(Glob::compile).toList(),
                Set.copyOf(settings.extension()),
                methods,
                settings.type());
    }

    /** In the order in which they are to be minded: who may not come at all is sent nowhere. */
    private static void before(RuleSettings settings, int captures, List<Action> actions) {
        if (settings.deny() != null) {
            actions.add(new Action.Deny(settings.deny() == 0 ? FORBIDDEN : settings.deny()));
        }
        if (settings.cors() != null) {
            actions.add(new Action.Share(cors(settings.cors())));
        }
        if (settings.rateLimit() != null) {
            actions.add(new Action.LimitRate());
        }
        if (settings.auth() != null) {
            actions.add(new Action.Authenticate(settings.auth().realm()));
        }
        if (settings.maintenance() != null) {
            actions.add(new Action.Maintenance(settings.maintenance().toSeconds()));
        }
        if (settings.redirect() != null) {
            actions.add(redirect(settings.redirect(), captures));
        }
        if (settings.rewrite() != null) {
            actions.add(new Action.Rewrite(CaptureTemplate.parse(settings.rewrite(), captures)));
        }
    }

    private static Action redirect(RedirectSettings settings, int captures) {
        String to = settings.to();
        int authority = to.indexOf("://");
        int path = authority < 0 ? 0 : to.indexOf('/', authority + 3);
        String origin = path < 0 ? to : to.substring(0, path);
        String rest = path < 0 ? "/" : to.substring(path);
        return new Action.Redirect(
                settings.status(), new RedirectTarget(origin, CaptureTemplate.parse(rest, captures)));
    }

    private static Cors cors(CorsSettings settings) {
        return new Cors(
                settings.origins(),
                settings.methods(),
                settings.headers(),
                settings.expose(),
                settings.credentials(),
                settings.maxAge().toSeconds());
    }

    private static void after(RuleSettings settings, List<Action> actions) {
        if (settings.security() != null) {
            secure(settings.security(), actions);
        }
        if (settings.headers() != null) {
            edit(settings.headers(), actions);
        }
        if (settings.cache() != null) {
            actions.add(new Action.CacheControl(settings.cache().fieldValue()));
        }
        if (settings.download() != null) {
            actions.add(new Action.Download(settings.download().fileName()));
        }
        if (settings.bandwidth() != null) {
            actions.add(new Action.LimitBandwidth(settings.bandwidth().bytes()));
        }
        @Nullable TemplateSettings template = settings.template();
        if (template != null) {
            actions.add(new Action.Template(template.nonce(), template.env()));
        }
    }

    private static void secure(SecuritySettings settings, List<Action> actions) {
        if (settings.frame() != SecuritySettings.Frame.OFF) {
            actions.add(new Action.SetField("X-Frame-Options", settings.frame().name()));
        }
        actions.add(new Action.SetField("Referrer-Policy", settings.referrer()));
        if (settings.hsts() != null) {
            actions.add(new Action.SetField(
                    "Strict-Transport-Security", "max-age=" + settings.hsts().toSeconds()));
        }
        if (settings.csp() != null) {
            actions.add(new Action.SetField("Content-Security-Policy", settings.csp()));
        }
    }

    private static void edit(HeaderEdits edits, List<Action> actions) {
        edits.remove().forEach(name -> actions.add(new Action.RemoveField(name)));
        edits.set().forEach((name, value) -> actions.add(new Action.SetField(name, value)));
        edits.add().forEach((name, value) -> actions.add(new Action.AddField(name, value)));
    }
}
