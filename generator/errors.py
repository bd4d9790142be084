"""An error is a value: where it is, which kind it is, and a French sentence.

Every sentence a user can read about wrong data is in `MESSAGES`: a kind that is not there
cannot be built, so no word of a library reaches the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

MESSAGES = {
    # the file
    "fichier_absent": "ce fichier n'existe pas.",
    "fichier_illisible": "ce fichier ne peut pas être lu : vérifiez ses droits d'accès.",
    "fichier_special": "ceci n'est pas un fichier ordinaire.",
    "fichier_lien": "ceci est un lien vers un autre endroit : copiez le fichier lui-même ici.",
    "fichier_vide": "ce fichier est vide.",
    "fichier_trop_gros": "ce fichier dépasse {limite} Mo : il n'est pas lu.",
    "dossier_absent": "ce dossier n'existe pas.",
    "dossier_lien": "ce dossier est un lien vers un autre endroit : mettez le dossier lui-même "
    "ici.",
    "dossier_sans_referentiel": "ce dossier n'a pas de fichier « referentiel.yml ».",
    "id_invalide": "le nom du dossier sert d'adresse : lettres minuscules sans accent, chiffres et "
    "tirets, 41 caractères au plus.",
    "id_reserve": "le nom « {valeur} » est réservé : choisissez-en un autre.",
    # the characters
    "utf16": "ce fichier est en UTF-16 : enregistrez-le en UTF-8.",
    "bom": "ce fichier commence par une marque d'encodage (BOM) : enregistrez-le en UTF-8 sans "
    "BOM.",
    "pas_utf8": "ce caractère n'est pas de l'UTF-8 : enregistrez le fichier en UTF-8.",
    "caractere_interdit": "caractère invisible interdit ici ({valeur}) : effacez-le.",
    # the YAML
    "tabulation": "une tabulation sert de retrait : remplacez-la par des espaces.",
    "non_ferme": "ce qui commence ici n'est pas fermé, ou pas où il faut : guillemet, crochet ou "
    "accolade.",
    "yaml": "le YAML ne peut pas être lu ici : vérifiez les retraits, les deux-points et les "
    "guillemets, à cette ligne et à la précédente.",
    "cle_double": "la clé « {valeur} » est déjà donnée ligne {ligne}.",
    "cle_non_texte": "une clé doit être un texte.",
    "ancre": "les ancres (« &nom ») ne sont pas acceptées : écrivez la valeur à chaque endroit.",
    "alias": "les renvois (« *nom ») ne sont pas acceptés : écrivez la valeur à chaque endroit.",
    "etiquette": "les étiquettes (« !type ») ne sont pas acceptées : toute valeur est un texte.",
    "second_document": "un second document commence ici (« --- ») : un seul par fichier.",
    "profondeur": "plus de {limite} niveaux imbriqués : le fichier n'est pas lu au-delà.",
    # the kinds of values
    "cle_inconnue": "clé inconnue.",
    "cle_absente": "il manque la clé « {valeur} ».",
    "texte_attendu": "un texte est attendu ici (entre guillemets s'il contient « : »).",
    "texte_vide": "ce texte est vide.",
    "texte_long": "{limite} caractères au plus, il y en a {nombre}.",
    "cles_attendues": "des clés sont attendues ici (« clé: valeur »).",
    "liste_attendue": "une liste est attendue ici (des lignes qui commencent par « - »).",
    "liste_courte": "il faut ici au moins {limite} élément(s), il y en a {nombre}.",
    "liste_longue": "il faut ici au plus {limite} élément(s), il y en a {nombre}.",
    "choix": "valeur attendue : {choix}.",
    "code_invalide": "un code s'écrit en lettres sans accent, chiffres, points et tirets, "
    "commence et finit par une lettre ou un chiffre.",
    "code_court_invalide": "ce code a 1 à {limite} lettres ou chiffres, sans accent ni espace.",
    "critere_invalide": "un critère se nomme c1, c2, c3… (c999 au plus).",
    "fichier_pole_invalide": "donnez le nom d'un fichier « .yml » du même dossier, sans chemin.",
    "nom_reserve": "« {valeur} » est un nom réservé : choisissez un autre code.",
    "date_invalide": "une date s'écrit AAAA-MM-JJ, sans heure (par exemple 2026-05-18).",
    "date_inexistante": "cette date n'existe pas.",
    "refusee": "cette valeur est refusée ici.",
    # what one key cannot say
    "code_double": "le code « {valeur} » est déjà pris ligne {ligne} de {fichier}.",
    "code_casse": "le code « {valeur} » ne diffère de « {autre} », ligne {ligne} de {fichier}, que "
    "par les majuscules.",
    "code_hors_parent": "ce code devrait commencer par « {valeur}. », le code de l'élément qui le "
    "contient.",
    "groupe_vide": "un groupe a la clé « lignes » ou la clé « competences ».",
    "groupe_mixte": "un groupe a « lignes » ou « competences », pas les deux.",
    "groupes_inegaux": "ce groupe n'a pas d'activités (« competences ») alors qu'un autre en a "
    "(« lignes ») : la même forme partout.",
    "pas_un_pole": "ce fichier n'est pas celui d'un pôle.",
    "pole_double": "ce fichier est déjà dans la liste.",
    "glossaire_ailleurs": "les termes s'écrivent dans un fichier « glossaire.yml », à côté de "
    "celui-ci.",
    "terme_double": "le terme « {valeur} » est déjà donné ligne {ligne} (aux accents, aux "
    "majuscules et aux espaces près).",
    "terme_sans_lettre": "un terme a au moins une lettre ou un chiffre.",
    "echelle_inconnue": "cette échelle n'est pas dans {dossier}.",
    # a promotion and its pupils
    "dossier_sans_promotion": "ce dossier n'a pas de fichier « promotion.yml ».",
    "promotion_vide": "ce dossier n'a aucun élève (un fichier chacun : e01.yml, e02.yml…).",
    "pas_un_eleve": "« {valeur} » ne peut pas être le fichier d'un élève : un fichier « .yml » par "
    "élève, au nom en minuscules sans accent, chiffres et tirets (par exemple e01.yml).",
    "laisse_de_cote": "« {valeur} » n'est pas le fichier d'un élève : il est laissé de côté.",
    "referentiel_inconnu": "ce référentiel n'est pas dans {dossier}.",
    "semaines_invalides": "un nombre de semaines est attendu, de 0 à 52.",
    "adresse_invalide": "une adresse commence par https:// (ou http://) et finit par « / ».",
    "periode_inconnue": "cette période n'est pas dans la promotion (attendu : {choix}).",
    "competence_inconnue": "cette compétence n'est pas dans le référentiel.",
    "niveau_inconnu": "ce code n'est pas dans l'échelle (attendu : {choix}).",
    "dates_inversees": "la fin est avant le début.",
    "dates_hors_periode": "ces dates sortent de la période (du {debut} au {fin}).",
    "impression": "l'impression est impossible : {raison}.",
    # what may be published
    "publie_lien": "un lien ne peut pas être publié : mettez le fichier lui-même.",
    "publie_extension": "ce genre de fichier ne peut pas être publié (acceptés : {choix}).",
    "publie_double": "ce fichier porte le nom d'une page produite par les données : renommez-le.",
    "site_interdit": "le site ne peut pas être construit ici : ce dossier est, contient ou touche "
    "« {valeur} ».",
    "aucun_referentiel": "aucun référentiel à publier : donnez « extra: referentiels: » dans "
    "mkdocs.yml.",
}


class Lieu(NamedTuple):
    """A place in a file. `ligne` and `colonne` count from 1; 0 means the whole file."""

    fichier: str
    ligne: int = 0
    colonne: int = 0
    chemin: str = ""

    def __str__(self) -> str:
        where = f"{self.fichier}:{self.ligne}:{self.colonne}" if self.ligne else self.fichier
        return f"{where}: {self.chemin} :" if self.chemin else f"{where}:"


class Erreur(NamedTuple):
    """One thing to mend. `extrait` is the source line; it stays empty for pupils' files."""

    lieu: Lieu
    message: str
    extrait: str = ""

    def __str__(self) -> str:
        return f"{self.lieu} {self.message}"


class DonneesInvalides(Exception):
    """Every error of every file read in one run, in file order."""

    def __init__(self, erreurs: Iterable[Erreur]) -> None:
        self.erreurs = tuple(erreurs)
        super().__init__("\n".join(map(str, self.erreurs)))


class PdfImpossible(Exception):
    """A text that cannot be printed: why, in French, and the document, by its name."""

    def __init__(self, reason: str, document: str = "") -> None:
        self.reason, self.document = reason, document
        super().__init__(reason, document)

    @property
    def sentence(self) -> str:
        """The whole of it, as it is shown."""
        return f"{self.document or 'PDF'} : impression impossible, {self.reason}."


def erreur(lieu: Lieu, kind: str, *, proche: str = "", **details: object) -> Erreur:
    """The error of that kind; `proche` is the nearest valid name, when there is one.

    Raises KeyError for a kind without a French sentence: a mistake of ours, not of the data.
    """
    message = MESSAGES[kind].format(**{k: displayable(str(v)) for k, v in details.items()})
    if proche:
        message += f" Vouliez-vous dire « {displayable(proche)} » ?"
    return Erreur(lieu, message)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that `word` most looks like, whatever the case, or an empty string."""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), folded, n=1)
    return folded[found[0]] if found else ""


def displayable(text: str, limit: int = 80) -> str:
    """The text on one line, without a character that could disturb a terminal."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
