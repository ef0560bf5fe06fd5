import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.FormInstance;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xpath.expr.XPathPathExpr;

/**
 * Fills in forms in JavaRosa as it is told, and says what they come to. One command a line, parts parted by tabs:
 *
 * FORM file                      reads a form
 * NEW                            begins a response
 * TIMES path number              gives a repeated group so many instances
 * SET path value                 answers a question ("" for none)
 * DUMP                           works everything out; answers a line for each node, then END
 * TRY path value                 answers whether the constraint lets the value pass
 *
 * A path is written as /data/child[2]/age; without a number it is the first.
 */
class Fill {
    private static FormDef form;
    private static FormInstance blank;
    private static PrintStream out;

    public static void main(String[] arguments) throws Exception {
        out = new PrintStream(System.out, false, "UTF-8");
        System.setOut(System.err);
        new XFormsModule().registerModule();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t", -1);
            try {
                obey(parts);
            } catch (Exception error) {
                out.println("ERROR\t" + line.replace('\t', ' ') + "\t" + String.valueOf(error).replace('\n', ' '));
            }
        }
        out.flush();
    }

    private static void obey(String[] parts) throws Exception {
        switch (parts[0]) {
            case "FORM":
                InputStreamReader reader =
                    new InputStreamReader(new FileInputStream(parts[1]), StandardCharsets.UTF_8);
                form = new XFormParser(reader).parse();
                blank = form.getMainInstance().clone();
                break;
            case "NEW":
                form.setInstance(blank.clone());
                form.initialize(true, new InstanceInitializationFactory());
                if (form.getLocalizer() != null) {
                    form.getLocalizer().setLocale("English (en)");
                }
                break;
            case "TIMES":
                repeat(reference(parts[1]), Integer.parseInt(parts[2]));
                break;
            case "SET":
                node(parts[1]).setValue(answer(reference(parts[1]), parts[2]));
                break;
            case "TRY":
                TreeReference at = reference(parts[1]);
                out.println("TRY\t" + form.evaluateConstraint(at, answer(at, parts[2])));
                break;
            case "DUMP":
                for (int round = 0; round < 3; round++) {
                    form.initialize(false, new InstanceInitializationFactory());
                    page(form.getMainInstance().getRoot());
                }
                form.initialize(false, new InstanceInitializationFactory());
                dump(form.getMainInstance().getRoot());
                out.println("END");
                break;
            default:
                throw new IllegalArgumentException(parts[0]);
        }
    }

    private static TreeReference reference(String path) {
        TreeReference found = TreeReference.rootRef();
        for (String step : path.substring(1).split("/")) {
            int bracket = step.indexOf('[');
            int number = bracket < 0 ? 1 : Integer.parseInt(step.substring(bracket + 1, step.length() - 1));
            found.add(bracket < 0 ? step : step.substring(0, bracket), number - 1);
        }
        return found;
    }

    private static TreeElement node(String path) {
        return (TreeElement) form.getMainInstance().resolveReference(reference(path));
    }

    private static void repeat(TreeReference group, int times) throws Exception {
        FormInstance instance = form.getMainInstance();
        TreeElement parent = (TreeElement) instance.resolveReference(group.getParentRef());
        int has = parent.getChildMultiplicity(group.getNameLast());
        for (int more = has; more < times; more++) {
            TreeReference next = group.clone();
            next.setMultiplicity(next.size() - 1, more);
            instance.copyNode((TreeElement) instance.getTemplate(next), next);
        }
        for (int last = has - 1; last >= times; last--) {
            parent.removeChild(parent.getChild(group.getNameLast(), last));
        }
    }

    private static IAnswerData answer(TreeReference at, String value) {
        if (value.isEmpty()) {
            return null;
        }
        TreeElement element = (TreeElement) form.getMainInstance().resolveReference(at);
        QuestionDef question = FormDef.findQuestionByRef(at.genericize(), form);
        return XFormAnswerDataParser.getAnswerData(value, element.getDataType(), question);
    }

    /** Paging through the form: each list that is shown takes back choices that are no longer in it. */
    private static void page(TreeElement element) {
        for (int place = 0; place < element.getNumChildren(); place++) {
            TreeElement child = element.getChildAt(place);
            if (child.getMult() != TreeReference.INDEX_TEMPLATE) {
                choices(child.getRef());
                page(child);
            }
        }
    }

    private static void dump(TreeElement element) {
        for (int place = 0; place < element.getNumChildren(); place++) {
            TreeElement child = element.getChildAt(place);
            if (child.getMult() == TreeReference.INDEX_TEMPLATE) {
                continue;
            }
            TreeReference at = child.getRef();
            String value = child.isRelevant() ? written(XPathPathExpr.unpackValue(child.getValue())) : "";
            out.println(
                String.join("\t", "NODE", at.toString(true), "" + child.isRelevant(), "" + child.isRequired(), value,
                    choices(at)));
            dump(child);
        }
    }

    private static String choices(TreeReference at) {
        QuestionDef question = FormDef.findQuestionByRef(at.genericize(), form);
        if (question == null) {
            return "";
        }
        List<SelectChoice> choices = question.getDynamicChoices() != null
            ? question.getDynamicChoices().getChoices(form, at)
            : question.getChoices();
        List<String> names = new ArrayList<>();
        for (SelectChoice choice : choices == null ? new ArrayList<SelectChoice>() : choices) {
            names.add(choice.getValue());
        }
        return String.join(" ", names);
    }

    private static String written(Object value) {
        if (value instanceof Date) {
            return "date:" + Instant.ofEpochMilli(((Date) value).getTime()).atOffset(ZoneOffset.UTC);
        }
        return value.getClass().getSimpleName().toLowerCase() + ":" + String.valueOf(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
    }
}
